import Recommenders

/// Every kind of key that the data role holds for good, which is what a backup has in it. A new kind is one more case here.
package enum DataKind: UInt8, CaseIterable, Sendable {
    // The numbers stand in backups, so none is ever used again for something else.
    case profile = 1

    /// For people: "profiles".
    package var name: String {
        switch self {
        case .profile: "profiles"
        }
    }

    /// What `SCAN` finds its keys by. All are hashes.
    var pattern: String {
        switch self {
        case .profile: RedisKey.everyProfile
        }
    }

    /// - Returns: nil unless `text` is a key of this kind.
    func key(_ text: String) -> RedisKey? {
        switch self {
        case .profile: .profile(named: text)
        }
    }

    /// Whether it says what we write.
    func isSound(_ entry: BackupRecord.Entry) -> Bool {
        switch self {
        case .profile: RatingUpdate(item: entry.field, value: entry.value) != nil
        }
    }

    /// Writes those entries of `record` that are newer than what is kept, and answers how many were.
    func merging(_ record: BackupRecord) throws(StorageError) -> RedisCommand {
        switch self {
        case .profile: try RedisStorage.applying(record.updates, to: record.key)
        }
    }

    /// How many entries of `record` are newer than what HGETALL answered.
    func newerEntries(in record: BackupRecord, than kept: RedisReply) throws(StorageError) -> Int {
        switch self {
        case .profile:
            var profile = try LiveProfile(copying: kept)
            let before = profile.updates.count
            let newer = record.updates.count { profile.apply($0) }
            let isWithinBounds = profile.updates.count == before || profile.updates.count <= ProfileLimits.maximumItems
            guard isWithinBounds else { throw .profileIsFull }
            return newer
        }
    }
}

/// One key of the data role with everything in it.
struct BackupRecord {
    struct Entry {
        let field: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>
    }

    let kind: DataKind
    let key: RedisKey
    let entries: [Entry]

    /// Of its ratings.
    var latestVersion: RatingVersion? { updates.map(\.version).max() }

    fileprivate var updates: [RatingUpdate] { entries.compactMap { RatingUpdate(item: $0.field, value: $0.value) } }
}
