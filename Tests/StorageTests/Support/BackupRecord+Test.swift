import Recommenders
import ServiceRuntime

@testable import Storage

extension BackupRecord {
    static func test(_ account: Account, changedAt moment: Timestamp = someMoment) -> BackupRecord {
        record(.account, .account(of: account.user), account.fields(changedAt: moment))
    }

    static func test(removalOf user: UserID) -> BackupRecord {
        record(.removal, .removal(of: user), ["at", RedisArgument(someMoment.milliseconds)])
    }

    private static func record(_ kind: DataKind, _ key: RedisKey, _ words: [RedisArgument]) -> BackupRecord {
        let texts = words.map { word in
            switch word {
            case .text(let text): ArraySlice(text.utf8)
            case .bytes(let bytes): bytes[...]
            }
        }
        let entries = stride(from: 0, to: texts.count, by: 2).map { Entry(field: texts[$0], value: texts[$0 + 1]) }
        return BackupRecord(kind: kind, key: key, entries: entries)
    }
}
