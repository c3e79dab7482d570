package import Recommenders
package import ServiceRuntime

// What was shown to a user is a sorted set: item, by the moment in milliseconds at which it was last shown.
extension RedisStorage: ImpressionStore {
    package func note(
        _ items: [ItemID], shownTo user: UserID, at moment: Timestamp, policy: ImpressionPolicy
    ) async throws(StorageError) {
        guard !items.isEmpty else { return }
        let key = RedisArgument(.impressions(of: user))
        let pairs = items.flatMap { [RedisArgument(moment.milliseconds), .text($0.rawValue)] }
        let replies = try await cache.send([
            RedisCommand(["ZADD", key] + pairs),
            ["ZREMRANGEBYRANK", key, "0", RedisArgument(-policy.maximumItems - 1)],
            ["PEXPIRE", key, RedisArgument(policy.lifetime.wholeMilliseconds)],
        ])
        for case .error(let error) in replies { throw error.storageError }
    }

    package func items(shownTo user: UserID, since start: Timestamp) async throws(StorageError) -> [ItemID] {
        let reply = try await cache.send([
            "ZRANGEBYSCORE", RedisArgument(.impressions(of: user)), RedisArgument(start.milliseconds), "+inf",
        ])
        guard case .array(let members) = reply else { throw .corrupted("impressions") }
        var items: [ItemID] = []
        items.reserveCapacity(members.count)
        for member in members {
            guard let text = member.text, let item = try? ItemID(text) else { throw .corrupted("impressions") }
            items.append(item)
        }
        return items
    }
}
