// A bucket is a string: the moment at which it is as good as new, in microseconds since 1970.
extension RedisStorage: RateLimitStore {
    package func count(in buckets: [RateLimitBucket]) async throws(StorageError) -> [RateLimitState] {
        guard !buckets.isEmpty else { return [] }
        let limits = buckets.flatMap { [RedisArgument($0.limit.interval), RedisArgument($0.limit.tolerance)] }
        let reply = try await connection(of: .cache).send(RedisCommand(.countRequest, keys: buckets.map(\.key), arguments: limits))
        guard case .array(let values) = reply, values.count == buckets.count else { throw .unexpected("a count") }
        var leads: [Int64] = []
        for value in values {
            guard case .integer(let lead) = value else { throw .unexpected("a count") }
            leads.append(lead)
        }
        return RateLimitState.states(of: buckets, leads: leads)
    }
}
