import Foundation
import Glibc
import Synchronization

/// A web server on loopback that answers as a test says, one connection at a time, each for one request.
final class StubServer: Sendable {
    struct Request: Sendable {
        let method: String
        /// With the query.
        let path: String
        let head: String
        let body: [UInt8]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String] = []
        var body: [UInt8] = []
        /// What the head says of the body's length; nil for the truth.
        var announced: Int?
    }

    let port: Int
    private let listener: Int32
    private let taken: Taken

    private final class Taken: Sendable {
        let requests = Mutex<[Request]>([])
    }

    init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, pointer, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let taken = Taken()
        self.taken = taken
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                if let request = Self.read(connection) {
                    taken.requests.withLock { $0.append(request) }
                    Self.send(answer(request), to: connection)
                }
                close(connection)
            }
        }
    }

    var requests: [Request] { taken.requests.withLock { $0 } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length =
                    head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
                let start = head.utf8.count + 4
                if bytes.count - start >= length {
                    let words = head.split(separator: " ")
                    return Request(
                        method: String(words[0]), path: String(words[1]), head: head + "\r\n", body: Array(bytes[start...]))
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private static func send(_ answer: Answer, to connection: Int32) {
        let head = [
            "HTTP/1.1 \(answer.status) x", "Content-Length: \(answer.announced ?? answer.body.count)", "Connection: close",
        ]
        var rest = Array(((head + answer.headers).joined(separator: "\r\n") + "\r\n\r\n").utf8) + answer.body
        while !rest.isEmpty {
            let count = Glibc.send(connection, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return }
            rest.removeFirst(count)
        }
    }
}
