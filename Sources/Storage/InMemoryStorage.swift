package import Jobs
package import Recommenders
package import ServiceRuntime
import Synchronization

/// All stores in this process' memory, for tests and demos: the same rules as in Redis, and nothing outlives the process.
package final class InMemoryStorage: Sendable {
    private struct State {
        var profiles: [String: LiveProfile] = [:]
        /// Users who are gone for good.
        var removed: Set<UserID> = []
        var visible: Set<UserID> = []
        /// Users of whom no list may be saved, until then.
        var withoutLists = ExpiringValues<Bool>()
        var lists = ExpiringValues<StoredList>()
        var jobs = ExpiringValues<JobRecord>()
        var impressions = ExpiringValues<[ItemID: Timestamp]>()
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: the clock by which lists and records expire.
    package init(now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.now = now
    }
}

extension InMemoryStorage: ProfileStore {
    package func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile {
        let key = RedisKey.profile(of: user).text
        return try state.withLock { state throws(StorageError) in
            guard !state.removed.contains(user) else { throw .userIsRemoved }
            var profile = state.profiles[key] ?? LiveProfile()
            for update in updates { profile.apply(update) }
            guard profile.updates.count <= ProfileLimits.maximumItems else { throw .profileIsFull }
            if !profile.updates.isEmpty { state.profiles[key] = profile }
            return profile
        }
    }

    package func profile(of user: UserID) async throws(StorageError) -> LiveProfile {
        state.withLock { $0.profiles[RedisKey.profile(of: user).text] ?? LiveProfile() }
    }
}

extension InMemoryStorage: RecommendationStore {
    package func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError) {
        let key = RedisKey.list(of: user).text
        let now = now()
        state.withLock { state in
            if state.withoutLists.value(of: key, at: now) != nil { return }
            if let known = state.lists.value(of: key, at: now), known.hasSeenMore(than: list) { return }
            state.lists.set(list, for: key, until: now + lifetime, now: now)
        }
    }

    package func list(for user: UserID) async throws(StorageError) -> StoredList? {
        state.withLock { $0.lists.value(of: RedisKey.list(of: user).text, at: now()) }
    }
}

extension InMemoryStorage: JobStore {
    package func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? {
        let key = RedisKey.job(record.id).text
        let now = now()
        return state.withLock { state in
            if let known = state.jobs.value(of: key, at: now), known.rank >= record.rank { return known.status }
            state.jobs.set(record, for: key, until: now + record.lifetime, now: now)
            return nil
        }
    }

    package func record(of id: JobID) async throws(StorageError) -> JobRecord? {
        state.withLock { $0.jobs.value(of: RedisKey.job(id).text, at: now()) }
    }

    package func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] {
        let now = now()
        return state.withLock { state in ids.map { state.jobs.value(of: RedisKey.job($0).text, at: now) } }
    }
}

extension InMemoryStorage: JobResultStore {
    package func advance(
        to records: [JobRecord], saving list: StoredList?, for user: UserID?, lifetime: Duration
    ) async throws(StorageError) -> [JobStatus?] {
        if let list, let user { try await save(list, for: user, lifetime: lifetime) }
        return try await advance(to: records)
    }
}

extension InMemoryStorage: UserRemoval {
    package func removeProfile(of user: UserID) async throws(StorageError) {
        state.withLock { state in
            state.removed.insert(user)
            state.visible.remove(user)
            state.profiles[RedisKey.profile(of: user).text] = nil
        }
    }

    package func removeList(of user: UserID) async throws(StorageError) {
        let key = RedisKey.list(of: user).text
        let now = now()
        state.withLock { state in
            state.lists.remove(key)
            state.impressions.remove(RedisKey.impressions(of: user).text)
            state.withoutLists.set(true, for: key, until: now + RemovalLimits.listRefusal, now: now)
        }
    }
}

extension InMemoryStorage {
    func changeVisible<Value>(_ change: (inout Set<UserID>) -> Value) -> Value {
        state.withLock { change(&$0.visible) }
    }

    /// When each item was last shown to `user`.
    func impressions(of user: UserID) -> [ItemID: Timestamp] {
        let now = now()
        return state.withLock { $0.impressions.value(of: RedisKey.impressions(of: user).text, at: now) } ?? [:]
    }

    /// Changes when each item was last shown, and keeps it for `lifetime` from now on.
    func changeImpressions(of user: UserID, lifetime: Duration, _ change: (inout [ItemID: Timestamp]) -> Void) {
        let key = RedisKey.impressions(of: user).text
        let now = now()
        state.withLock { state in
            var shown = state.impressions.value(of: key, at: now) ?? [:]
            change(&shown)
            state.impressions.set(shown, for: key, until: now + lifetime, now: now)
        }
    }
}

extension StoredList {
    fileprivate func hasSeenMore(than other: StoredList) -> Bool {
        guard let version = list.ratingsVersion else { return false }
        return other.list.ratingsVersion.map { version > $0 } ?? true
    }
}
