package import Jobs
package import Recommenders

// A list is a string: 24 digits of the ratings version it has seen (zeros for none), then the list.
extension RedisStorage: RecommendationStore {
    package func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError) {
        _ = try await cache.send(
            RedisCommand(.saveList, key: .list(of: user), arguments: try Self.arguments(of: list, lifetime: lifetime)))
    }

    /// What the scripts take that save a list.
    static func arguments(of list: StoredList, lifetime: Duration) throws(StorageError) -> [RedisArgument] {
        let version = list.list.ratingsVersion ?? RatingVersion(clock: 0, origin: 0)
        var writer = CompactWriter(prefix: version.description, capacity: 128 + 128 * list.list.items.count)
        list.write(to: &writer)
        guard writer.isValid else { throw StorageError(.rejected, "a score or rating of a list is no number") }
        return [.bytes(writer.bytes), RedisArgument(lifetime.wholeMilliseconds)]
    }

    package func list(for user: UserID) async throws(StorageError) -> StoredList? {
        switch try await cache.send(["GET", RedisArgument(.list(of: user))]) {
        case .null: return nil
        case .string(let bytes):
            if bytes.elementsEqual(Self.markOfRemovedList.utf8) { return nil }
            var reader = CompactReader(bytes, from: RatingVersion.textByteCount)
            guard let list = try? StoredList(reading: &reader), reader.isAtEnd else { throw .corrupted("a list") }
            return list
        default: throw .corrupted("a list")
        }
    }
}
