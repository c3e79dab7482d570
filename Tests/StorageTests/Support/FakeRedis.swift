import Foundation
import Glibc
import Synchronization

@testable import Storage

/// A server on a loopback socket that does to each connection what the test says, on a thread per connection.
final class FakeRedis: Sendable {
    let port: Int
    private let listener: Int32
    private let state = Mutex((accepted: 0, isStopped: false))

    /// How many connections there were.
    var accepted: Int { state.withLock { $0.accepted } }

    /// - Parameter serve: is called with each connection and its number from 0; the connection is closed when it returns.
    init(_ serve: @escaping @Sendable (FakePeer, Int) -> Void) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        port = withUnsafeMutableBytes(of: &address) { bytes in
            let generic = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            bind(listener, generic, size)
            listen(listener, 16)
            getsockname(listener, generic, &size)
            return Int(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
        }
        Thread { [self] in accept(serve) }.start()
    }

    /// Takes no more connections.
    func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    func connection(_ change: (inout RedisConfiguration) -> Void = { _ in }) -> RedisConnection {
        var configuration = RedisConfiguration.test(port: port)
        change(&configuration)
        return RedisConnection(configuration, logger: .silent)
    }

    private func accept(_ serve: @escaping @Sendable (FakePeer, Int) -> Void) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let number = state.withLock { state in
                defer { state.accepted += 1 }
                return state.accepted
            }
            Thread {
                let peer = FakePeer(descriptor)
                serve(peer, number)
                peer.close()
            }.start()
        }
        close(listener)
    }
}

/// The server's end of one connection, in blocking calls.
final class FakePeer {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The words of the next command; nil when the other side has gone.
    func command() -> [String]? {
        guard let header = line(), let count = Int(header.dropFirst()) else { return nil }
        var words: [String] = []
        for _ in 0..<count {
            guard let header = line(), let length = Int(header.dropFirst()), let word = take(length), take(2) != nil else {
                return nil
            }
            words.append(String(decoding: word, as: UTF8.self))
        }
        return words
    }

    /// Answers the login of a connection without password and database.
    func welcome() {
        for _ in RedisLogin(RedisConfiguration()).steps {
            _ = command()
            write("+OK\r\n")
        }
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            start += count
        }
    }

    /// Answers everything with its last word, until the other side goes.
    func echo() {
        while let words = command() {
            let last = words.last ?? ""
            write("$\(last.utf8.count)\r\n\(last)\r\n")
        }
    }

    /// Reads until the other side goes, and says nothing.
    func ignore() {
        while command() != nil {}
    }

    func close() { Glibc.close(descriptor) }

    private func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<(end - 1)], as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        while buffer.count < count { guard fill() else { return nil } }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer += chunk[..<count]
        return true
    }
}
