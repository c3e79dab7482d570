import Recommenders
import ServiceRuntime

/// One key of the data role with everything in it.
struct BackupRecord {
    struct Entry {
        let field: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>
    }

    let kind: DataKind
    let key: RedisKey
    let entries: [Entry]

    /// Whether it says what we write.
    var isSound: Bool {
        switch kind {
        case .profile: updates.count == entries.count
        case .account: account.map { RedisKey.account(of: $0.user) == key } ?? false && changedAt != nil
        case .removal: entries.count == 1 && fields?.moment("at") != nil
        }
    }

    /// Of its ratings.
    var latestVersion: RatingVersion? { updates.map(\.version).max() }

    /// Writes what in it is newer than what is kept, and answers how much was: ratings of a profile, else 1 or 0.
    func merging() throws(StorageError) -> RedisCommand {
        switch kind {
        case .profile:
            return try RedisStorage.applying(updates, to: key)
        case .account:
            guard let account, let changedAt else { throw .corrupted("an account") }
            return RedisCommand(
                .restoreAccount, keys: [key, .name(account.name), key.removalOfSameUser],
                arguments: [RedisArgument(changedAt.milliseconds)] + words)
        case .removal:
            return RedisCommand(.restoreRemoval, keys: [key, key.profileOfSameUser, key.accountOfSameUser], arguments: words)
        }
    }

    /// How much in it is newer than what HGETALL answered, counted as by `merging`.
    func newerEntries(than kept: RedisReply) throws(StorageError) -> Int {
        switch kind {
        case .profile:
            var profile = try LiveProfile(copying: kept)
            let before = profile.updates.count
            let newer = updates.count { profile.apply($0) }
            let isWithinBounds = profile.updates.count == before || profile.updates.count <= ProfileLimits.maximumItems
            guard isWithinBounds else { throw .profileIsFull }
            return newer
        case .account:
            guard let known = RedisFields(kept)?.moment("changed"), let changedAt else { return 1 }
            return known < changedAt ? 1 : 0
        case .removal:
            return kept == .array([]) ? 1 : 0
        }
    }

    private var updates: [RatingUpdate] {
        guard kind == .profile else { return [] }
        return entries.compactMap { RatingUpdate(item: $0.field, value: $0.value) }
    }

    private var fields: RedisFields? { RedisFields(entries) }
    private var account: Account? { fields.flatMap { Account($0) } }
    private var changedAt: Timestamp? { fields?.moment("changed") }
    private var words: [RedisArgument] { entries.flatMap { [.bytes(Array($0.field)), .bytes(Array($0.value))] } }
}
