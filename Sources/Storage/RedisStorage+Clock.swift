package import Recommenders

// The clock is a string: 24 digits of version.
extension RedisStorage: SharedClock {
    package func latest(raisedTo version: RatingVersion) async throws(StorageError) -> RatingVersion {
        let reply = try await connection(of: .data).send(
            RedisCommand(.raiseClock, key: .clock, arguments: [.text(version.description)]))
        guard let latest = reply.text.flatMap({ RatingVersion($0) }) else { throw .corrupted("the clock") }
        return latest
    }
}
