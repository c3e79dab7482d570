import Glibc
import Testing

/// A TCP connection to this machine, in the plainest way.
final class RawClient {
    enum Farewell: CaseIterable {
        /// As a program ends that has read everything.
        case close
        /// As one that is killed with bytes unread.
        case reset
        /// Of what it sends, while it still reads.
        case shutdown
    }

    private let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    private var isOpen = true
    /// What has come.
    private(set) var text = ""
    /// Whether no more will.
    private(set) var isEnded = false

    init(port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
    }

    deinit { if isOpen { close(socket) } }

    func send(_ text: String) {
        let count = Array(text.utf8).withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        #expect(count == text.utf8.count)
    }

    func leave(_ farewell: Farewell) {
        switch farewell {
        case .shutdown: shutdown(socket, Int32(SHUT_WR))
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
            fallthrough
        case .close:
            close(socket)
            isOpen = false
        }
    }

    /// Takes in what has come meanwhile.
    func look() {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            isEnded = isEnded || count == 0
            guard count > 0 else { return }
            text += String(decoding: bytes[..<count], as: UTF8.self)
        }
    }
}
