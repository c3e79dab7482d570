import ServiceRuntime
import Storage

/// What `kindred backup` tells.
struct BackupView {
    let file: String
    let summary: BackupSummary
    let duration: Duration

    var text: String {
        "\(summary.entries.grouped) ratings of \(summary.contents) are in \(file.onOneLine), \(duration.inSeconds.rounded(toDigits: 2)) s."
    }

    var json: JSON {
        [
            "file": .string(file), "createdAt": .string(summary.createdAt.iso8601), "keys": summary.keysJSON,
            "ratings": .integer(summary.entries), "unreadable": .integer(summary.unreadable),
            "seconds": .number(duration.inSeconds),
        ]
    }
}

/// What `kindred restore` tells.
struct RestoreView {
    let file: String
    let summary: RestoreSummary
    let isDryRun: Bool
    let duration: Duration

    var text: String {
        let (newer, all) = (summary.newer.grouped, summary.backup.entries.grouped)
        let others = summary.newerKeys.grouped
        let outcome = isDryRun ? "would be written; nothing was" : "were written, because they are newer than what was there"
        return """
            \(newer) of \(all) ratings of \(summary.backup.contents) in the backup of \(summary.backup.createdAt.iso8601), and \
            \(others) of the other keys, \(outcome).
            """
    }

    var json: JSON {
        [
            "file": .string(file), "createdAt": .string(summary.backup.createdAt.iso8601), "keys": summary.backup.keysJSON,
            "ratings": .integer(summary.backup.entries), "newer": .integer(summary.newer),
            "newerKeys": .integer(summary.newerKeys), "full": .integer(summary.full),
            "dryRun": .bool(isDryRun), "seconds": .number(duration.inSeconds),
        ]
    }
}

extension BackupSummary {
    /// "3 profiles"
    fileprivate var contents: String {
        DataKind.allCases.map { "\((keys[$0] ?? 0).grouped) \($0.name)" }.joined(separator: ", ")
    }

    fileprivate var keysJSON: JSON {
        .object(DataKind.allCases.map { JSON.Member(name: $0.name, value: .integer(keys[$0] ?? 0)) })
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
