import Glibc

/// Those who know which of several servers is the master at present (Redis Sentinel). They are asked on the connection's thread.
struct RedisSentinels {
    /// To reach one of them, and again for its answer: an outage is the moment at which some of them are gone.
    static let patience = Duration.milliseconds(300)

    private let masterName: String
    private let login: RedisCommand?
    /// The one that answered last comes first.
    private var addresses: [RedisAddress]

    /// - Returns: nil when there are none, so that the server is where the configuration says.
    init?(_ configuration: RedisConfiguration) {
        guard !configuration.sentinels.isEmpty else { return nil }
        masterName = configuration.sentinelMaster
        login = configuration.sentinelPassword.map { ["AUTH", .text($0)] }
        addresses = configuration.sentinels
    }

    /// Asks one after the other until one names the master.
    mutating func findMaster() throws(StorageError) -> RedisAddress {
        var reasons: [String] = []
        for (place, sentinel) in addresses.enumerated() {
            do throws(StorageError) {
                let master = try ask(sentinel)
                addresses.swapAt(0, place)
                return master
            } catch {
                reasons.append("\(sentinel): \(error.message)")
            }
        }
        throw StorageError(.connectionFailed, "no sentinel names the master (\(reasons.joined(separator: "; ")))")
    }

    private func ask(_ sentinel: RedisAddress) throws(StorageError) -> RedisAddress {
        var context = try RedisContext.connect(to: sentinel, timeout: Self.patience)
        let commands = (login.map { [$0] } ?? []) + [["SENTINEL", "get-master-addr-by-name", .text(masterName)]]
        let replies = try context.exchange(commands, within: Self.patience)
        for case .error(let error) in replies { throw error.storageError }
        guard case .array(let words)? = replies.last, words.count == 2, let host = words[0].text,
            let port = words[1].text.flatMap({ Int($0) })
        else { throw StorageError(.unavailable, "it knows no \(masterName)") }
        return RedisAddress(host: host, port: port)
    }
}

extension RedisContext {
    /// Sends `commands` and waits for the answer to each, at most for `limit` in all. Blocks.
    mutating func exchange(_ commands: [RedisCommand], within limit: Duration) throws(StorageError) -> [RedisReply] {
        let deadline = ContinuousClock.now + limit
        for command in commands { try append(command) }
        var replies: [RedisReply] = []
        while true {
            try flush()
            while let reply = try nextReply() { replies.append(reply) }
            guard replies.count < commands.count else { return replies }
            let rest = deadline - .now
            guard rest > .zero else { throw StorageError(.connectionLost, "no answer in time") }
            var socket = pollfd(fd: descriptor, events: Int16(isWriting ? POLLIN | POLLOUT : POLLIN), revents: 0)
            if poll(&socket, 1, Int32(clamping: rest.wholeMilliseconds)) == 1 { _ = try receive() }
        }
    }
}
