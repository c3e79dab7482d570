import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Applies what the stream of ratings says to the profiles. Versions decide, so that nothing is harmed by doing it twice.
///
/// Whoever the stream says is gone is removed again, wherever the ratings come from that are there: an account that is back from a backup
/// goes as well.
struct RatingReplay {
    let profiles: any ProfileStore & UserRemoval
    let accounts: any AccountStore
    /// Only this user's ratings.
    var user: UserID?
    /// Later ratings are passed over. Later removals are not: nobody is brought back who has left since.
    var until: Timestamp?
    /// Counts what would change, and changes nothing.
    var isDryRun = false
    /// How long Redis may be away before this gives up.
    var patience = Duration.seconds(60)

    struct Counts: Equatable {
        /// Entries of the stream.
        var read = 0
        /// Ratings in those entries that were meant.
        var ratings = 0
        /// Of these: newer than what was known.
        var applied = 0
        var alreadyKnown = 0
        /// Of users who have as many ratings as are kept, or were removed.
        var refused = 0
        /// Removals of users, of whom some may have been removed before.
        var removed = 0
        /// Entries that are no ratings of ours.
        var undecodable = 0

        static func + (left: Counts, right: Counts) -> Counts {
            Counts(
                read: left.read + right.read, ratings: left.ratings + right.ratings, applied: left.applied + right.applied,
                alreadyKnown: left.alreadyKnown + right.alreadyKnown, refused: left.refused + right.refused,
                removed: left.removed + right.removed, undecodable: left.undecodable + right.undecodable)
        }
    }

    /// - Throws: if Redis stays away or refuses; what was applied stays so.
    func apply(_ entries: [RatingLogEntry]) async throws(StorageError) -> Counts {
        var counts = Counts(read: entries.count)
        var updates: [UserID: [RatingUpdate]] = [:]
        var removed: Set<UserID> = []
        for entry in entries {
            if let gone = entry.removedUser {
                if user == nil || gone == user { removed.insert(gone) }
                continue
            }
            guard let ratings = entry.ratings else {
                counts.undecodable += 1
                continue
            }
            guard user == nil || ratings.user == user else { continue }
            if let until, let moment = entry.moment, moment > until { continue }
            updates[ratings.user, default: []] += ratings.updates
        }
        return counts + (try await apply(updates, removing: removed))
    }

    /// All users at once: their calls share round trips.
    private func apply(
        _ updates: [UserID: [RatingUpdate]], removing removed: Set<UserID>
    ) async throws(StorageError) -> Counts {
        let results = await withTaskGroup(of: Result<Counts, StorageError>.self) { group in
            for user in removed.union(updates.keys) {
                group.addTask {
                    let updates = updates[user] ?? []
                    do throws(StorageError) {
                        return .success(
                            try await persistently { () throws(StorageError) in
                                removed.contains(user)
                                    ? try await remove(user, with: updates) : try await apply(updates, to: user)
                            })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: [Result<Counts, StorageError>]()) { $0.append($1) }
        }
        var counts = Counts()
        for result in results { counts = counts + (try result.get()) }
        return counts
    }

    private func persistently(_ body: () async throws(StorageError) -> Counts) async throws(StorageError) -> Counts {
        let deadline = ContinuousClock.now + patience
        var backoff = Backoff(first: .milliseconds(50), ceiling: .seconds(2))
        while true {
            do throws(StorageError) { return try await body() } catch {
                guard error.isRetriable, .now < deadline else { throw error }
                try? await Task.sleep(for: backoff.next())
                if Task.isCancelled { throw error }
            }
        }
    }

    /// In the same order as when the account was deleted.
    private func remove(_ user: UserID, with updates: [RatingUpdate]) async throws(StorageError) -> Counts {
        if !isDryRun {
            try await profiles.removeProfile(of: user)
            try await accounts.deleteAccount(of: user)
        }
        return Counts(ratings: updates.count, refused: updates.count, removed: 1)
    }

    private func apply(_ updates: [RatingUpdate], to user: UserID) async throws(StorageError) -> Counts {
        let before = try await profiles.profile(of: user)
        let new = updates.filter { update in before.updates[update.item].map { $0.version < update.version } ?? true }
        var counts = Counts(ratings: updates.count, applied: new.count, alreadyKnown: updates.count - new.count)
        guard !isDryRun, !new.isEmpty else { return counts }
        do throws(StorageError) { _ = try await profiles.apply(new, for: user) } catch {
            guard error.isAnswer else { throw error }
            (counts.applied, counts.refused) = (0, new.count)
        }
        return counts
    }
}
