package import Recommenders
import ServiceRuntime

// Who is visible stands in one hash: user → since when, in milliseconds.
extension RedisStorage: VisibilityStore {
    package func setVisible(_ isVisible: Bool, _ user: UserID) async throws(StorageError) {
        let field = RedisArgument.text(user.rawValue)
        _ = try await data.send(
            isVisible
                ? ["HSET", RedisArgument(.visible), field, RedisArgument(Timestamp.now.milliseconds)]
                : ["HDEL", RedisArgument(.visible), field])
    }

    package func visible(among users: [UserID]) async throws(StorageError) -> Set<UserID> {
        guard !users.isEmpty else { return [] }
        let reply = try await data.send(RedisCommand(["HMGET", RedisArgument(.visible)] + users.map { .text($0.rawValue) }))
        guard case .array(let values) = reply, values.count == users.count else { throw .unexpected("HMGET") }
        return Set(zip(users, values).compactMap { $1 == .null ? nil : $0 })
    }
}
