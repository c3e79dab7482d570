/// One word of a command: any bytes.
enum RedisArgument: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    case text(String)
    case bytes([UInt8])

    init(stringLiteral value: String) { self = .text(value) }

    init(_ key: RedisKey) { self = .text(key.text) }

    init(_ number: some BinaryInteger) { self = .text(String(number)) }

    fileprivate var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

/// One command, its words end to end in one array, so that the connection's thread has nothing left to do but to hand them on.
struct RedisCommand: Sendable {
    private(set) var bytes: [UInt8]
    /// Where each word ends in `bytes`.
    private(set) var ends: [Int]
    /// The script that it calls, if any; it is loaded when Redis does not know it.
    private(set) var script: RedisScript?

    init(_ words: [RedisArgument]) {
        bytes = []
        ends = []
        bytes.reserveCapacity(words.reduce(0) { $0 + $1.byteCount })
        ends.reserveCapacity(words.count)
        for word in words {
            switch word {
            case .text(let text): bytes += text.utf8
            case .bytes(let array): bytes += array
            }
            ends.append(bytes.count)
        }
    }

    /// A call of `script`, by its digest.
    init(_ script: RedisScript, key: RedisKey, arguments: [RedisArgument]) {
        self.init(script, keys: [key], arguments: arguments)
    }

    init(_ script: RedisScript, keys: [RedisKey], arguments: [RedisArgument]) {
        self.init(
            [.text("EVALSHA"), .text(script.digest), RedisArgument(keys.count)] + keys.map { RedisArgument($0) } + arguments)
        self.script = script
    }
}

extension RedisCommand: ExpressibleByArrayLiteral {
    init(arrayLiteral words: RedisArgument...) { self.init(words) }
}
