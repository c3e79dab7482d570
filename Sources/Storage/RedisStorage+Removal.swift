package import Recommenders
import ServiceRuntime

// The mark that a user was removed is a hash, as everything that is kept for good: at → the moment in milliseconds.
extension RedisStorage: UserRemoval {
    package func removeProfile(of user: UserID) async throws(StorageError) {
        // In this order: what was applied before the mark is taken away after it, and after it nothing is applied.
        let replies = try await data.send([
            ["HSET", RedisArgument(.removal(of: user)), "at", RedisArgument(Timestamp.now.milliseconds)],
            ["UNLINK", RedisArgument(.profile(of: user))],
            ["UNLINK", RedisArgument(.participation(of: user)), RedisArgument(.exposures(of: user))],
            ["HDEL", RedisArgument(.visible), .text(user.rawValue)],
        ])
        for case .error(let error) in replies { throw error.storageError }
    }

    package func removeList(of user: UserID) async throws(StorageError) {
        let replies = try await cache.send([
            [
                "SET", RedisArgument(.list(of: user)), .text(Self.markOfRemovedList), "PX",
                RedisArgument(RemovalLimits.listRefusal.wholeMilliseconds),
            ],
            ["UNLINK", RedisArgument(.impressions(of: user))],
        ])
        for case .error(let error) in replies { throw error.storageError }
    }

    /// Stands where a list would. No list is saved over one that has seen later ratings, and none are later than these.
    static let markOfRemovedList = RatingVersion(clock: .max, origin: .max).description
}
