/// What Redis answers, as far as the harness asks.
enum RedisValue {
    case text(String)
    case array([RedisValue])
    case error(String)
    case null

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var array: [RedisValue] { if case .array(let array) = self { array } else { [] } }
}

/// Reads what is really there, without Kindred's own code. For one thread, one command a connection or a few.
final class RedisClient {
    private let socket: Socket
    private var bytes: [UInt8] = []
    private var place = 0

    init(port: Int) throws {
        socket = try Socket(connectingTo: port, timeout: .seconds(10))
    }

    deinit { socket.close() }

    func send(_ arguments: [String]) throws -> RedisValue {
        var command = "*\(arguments.count)\r\n"
        for argument in arguments { command += "$\(argument.utf8.count)\r\n\(argument)\r\n" }
        try socket.send(command)
        bytes.removeFirst(place)
        place = 0
        return try value()
    }

    private func value() throws -> RedisValue {
        let line = try self.line()
        let rest = String(line.dropFirst())
        switch line.first {
        case "+", ":": return .text(rest)
        case "-": return .error(rest)
        case "$":
            guard let count = Int(rest), count >= 0 else { return .null }
            while bytes.count < place + count + 2 { try socket.receive(into: &bytes) }
            defer { place += count + 2 }
            return .text(String(decoding: bytes[place..<place + count], as: UTF8.self))
        case "*":
            guard let count = Int(rest), count >= 0 else { return .null }
            var values: [RedisValue] = []
            for _ in 0..<count { values.append(try value()) }
            return .array(values)
        default: throw HarnessError("not RESP: \(line)")
        }
    }

    private func line() throws -> String {
        let start = place
        while true {
            if let end = bytes[start...].firstIndex(of: UInt8(ascii: "\r")), end + 1 < bytes.count {
                place = end + 2
                return String(decoding: bytes[start..<end], as: UTF8.self)
            }
            try socket.receive(into: &bytes)
        }
    }
}
