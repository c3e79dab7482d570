import Foundation

struct HTTPAnswer: Sendable {
    let status: Int
    /// By lower-case names.
    let headers: [String: String]
    let body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// An empty object when the body is none.
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
}

/// One HTTP/1.1 connection at a time, kept as long as it lasts. For one thread.
struct HTTPClient {
    let port: Int
    var timeout = Duration.seconds(10)
    private var socket: Socket?

    init(port: Int, timeout: Duration = .seconds(10)) {
        self.port = port
        self.timeout = timeout
    }

    /// - Throws: when no answer came, so that nobody knows what became of the request.
    mutating func send(_ method: String, _ path: String, body: [String: Any]? = nil, headers: [String: String] = [:]) throws
        -> HTTPAnswer
    {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let content = try body.map { [UInt8](try JSONSerialization.data(withJSONObject: $0)) } ?? []
        if body != nil { head += "Content-Type: application/json\r\n" }
        if body != nil || method != "GET" { head += "Content-Length: \(content.count)\r\n" }
        let request = (head + "\r\n").bytes + content
        let isUsed = socket != nil
        do {
            return try exchange(request)
        } catch Socket.Failure.closed where isUsed && method == "GET" {
            return try exchange(request)  // the server had closed the idle connection
        }
    }

    mutating func close() {
        socket?.close()
        socket = nil
    }

    private mutating func exchange(_ request: [UInt8]) throws -> HTTPAnswer {
        do {
            let socket = try self.socket ?? Socket(connectingTo: port, timeout: timeout)
            self.socket = socket
            try socket.send(request)
            let answer = try Self.receive(from: socket)
            if answer.headers["connection"] == "close" { close() }
            return answer
        } catch {
            close()
            throw error
        }
    }

    private static func receive(from socket: Socket) throws -> HTTPAnswer {
        var bytes: [UInt8] = []
        let end = "\r\n\r\n".bytes
        var headEnd: Range<Int>?
        while headEnd == nil {
            try socket.receive(into: &bytes)
            headEnd = bytes.firstRange(of: end)
        }
        guard let headEnd else { throw Socket.Failure.closed }
        let lines = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let parts = lines[0].split(separator: " ")
        guard parts.count > 1, let status = Int(parts[1]) else { throw HarnessError("not HTTP: \(lines[0])") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        var body = Array(bytes[headEnd.upperBound...])
        if headers["transfer-encoding"] == "chunked" {
            body = try unchunked(body, from: socket)
        } else {
            let count = Int(headers["content-length"] ?? "") ?? 0
            while body.count < count { try socket.receive(into: &body) }
        }
        return HTTPAnswer(status: status, headers: headers, body: Data(body))
    }

    private static func unchunked(_ start: [UInt8], from socket: Socket) throws -> [UInt8] {
        var rest = start
        var body: [UInt8] = []
        let lineEnd = "\r\n".bytes
        while true {
            var line = rest.firstRange(of: lineEnd)
            while line == nil {
                try socket.receive(into: &rest)
                line = rest.firstRange(of: lineEnd)
            }
            guard let line, let count = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw HarnessError("not a chunk")
            }
            while rest.count < line.upperBound + count + 2 { try socket.receive(into: &rest) }
            body += rest[line.upperBound..<line.upperBound + count]
            rest.removeFirst(line.upperBound + count + 2)
            if count == 0 { return body }
        }
    }
}
