import Foundation
import Glibc
import Synchronization

/// A TCP proxy on loopback that can do to a connection what networks do: go silent, be cut, be reset.
final class TestProxy: Sendable {
    enum Mode: Sendable {
        case forward
        /// Nothing passes, either way, and nobody is told.
        case stall
        /// Connections are accepted and closed at once.
        case refuse
    }

    private struct State {
        var mode = Mode.forward
        /// Connections of an older epoch end.
        var epoch = 0
        var endsByReset = false
        var isClosed = false
        var refusals = 0
    }

    let port: Int
    private let listener: Int32
    private let target: Int
    private let state = Mutex(State())
    /// Held while bytes pass, so that none do any more once `set` has returned.
    private let traffic = Mutex(())

    init(to target: Int) {
        self.target = target
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length)
                listen(listener, 64)
                getsockname(listener, $0, &length)
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
        Thread { [self] in accept() }.start()
    }

    /// How many connections it has refused.
    var refusals: Int { state.withLock(\.refusals) }

    func set(_ mode: Mode) {
        traffic.withLock { _ in state.withLock { $0.mode = mode } }
    }

    /// Ends all connections, as when a cable is pulled at the switch and somebody tells, or abruptly.
    func cut(byReset: Bool = false) {
        state.withLock { state in
            state.epoch += 1
            state.endsByReset = byReset
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        cut()
    }

    private func accept() {
        while !state.withLock(\.isClosed) {
            guard Self.isReadable(listener) else { continue }
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { continue }
            let (mode, epoch) = state.withLock { ($0.mode, $0.epoch) }
            if case .refuse = mode {
                state.withLock { $0.refusals += 1 }
                Glibc.close(client)
                continue
            }
            Thread { [self] in serve(client, epoch) }.start()
        }
        Glibc.close(listener)
    }

    private func serve(_ client: Int32, _ epoch: Int) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(target)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        while state.withLock({ $0.epoch == epoch }) {
            if case .stall = state.withLock(\.mode) {
                usleep(2000)
                continue
            }
            guard forward(client, server), forward(server, client) else { break }
        }
        if state.withLock(\.endsByReset) {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        }
        Glibc.close(client)
        Glibc.close(server)
    }

    /// - Returns: false when the connection ended.
    private func forward(_ source: Int32, _ sink: Int32) -> Bool {
        guard Self.isReadable(source, milliseconds: 1) else { return true }
        return traffic.withLock { _ in
            if case .stall = state.withLock(\.mode) { return true }
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = recv(source, &buffer, buffer.count, 0)
            return count > 0 && send(sink, buffer, count, Int32(MSG_NOSIGNAL)) == count
        }
    }

    private static func isReadable(_ descriptor: Int32, milliseconds: Int32 = 10) -> Bool {
        var descriptor = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) == 1
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
