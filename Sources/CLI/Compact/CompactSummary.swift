import Recommenders

/// What `kindred compact` tells.
struct CompactSummary {
    var path: String
    let base: Dataset
    var log = CompactionSession.Summary()
    var counts = CompactionCounts()
    /// nil when there was nothing new.
    var result: Dataset?
    var duration = Duration.zero
    /// Whether Redis could not tell what new items are.
    var isMissingDescriptions = false

    init(path: String, base: Dataset) {
        self.path = path
        self.base = base
    }

    var text: String {
        guard let result else { return "There is nothing new in the log; \(path.onOneLine) is as it was." }
        var lines = [
            "\(result.name.onOneLine) is in \(path.onOneLine).",
            "    read     \(log.entries.grouped) entries with \(counts.words.grouped) ratings, to \(result.logOffset ?? 0) of the log",
            "    ratings  \(result.ratings.ratingCount.grouped) (\(counts.added.grouped) new, \(counts.replaced.grouped) replaced, "
                + "\(counts.removed.grouped) gone)",
            "    users    \(result.users.count.grouped) (\(counts.newUsers.grouped) new, \(counts.goneUsers.grouped) gone)",
            "    items    \(result.items.count.grouped) (\(counts.newItems.grouped) new)",
            "    time     \(seconds.rounded(toDigits: 2)) s",
        ]
        if counts.older > 0 { lines.append("    \(counts.older.grouped) were older than what the file had") }
        if log.undecodable > 0 { lines.append("    \(log.undecodable.grouped) entries were no ratings") }
        if log.missing > 0 { lines.append("    \(Int(log.missing).grouped) entries were gone already") }
        if counts.newItems > 0, isMissingDescriptions {
            lines.append("Redis did not say what the new items are: they have their ids for titles until the next compaction")
        }
        if counts.newItems > 0 { lines.append("Models do not know the new items: kindred train") }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "output": .optional(result == nil ? nil : path), "entries": .integer(log.entries),
            "undecodable": .integer(log.undecodable),
            "missing": .integer(Int(log.missing)), "words": .integer(counts.words), "added": .integer(counts.added),
            "replaced": .integer(counts.replaced), "removed": .integer(counts.removed), "older": .integer(counts.older),
            "newUsers": .integer(counts.newUsers), "goneUsers": .integer(counts.goneUsers), "newItems": .integer(counts.newItems),
            "ratings": .integer((result ?? base).ratings.ratingCount), "users": .integer((result ?? base).users.count),
            "items": .integer((result ?? base).items.count), "logOffset": .optional((result ?? base).logOffset.map { Int($0) }),
            "seconds": .number(seconds),
        ]
    }

    private var seconds: Double { duration / .seconds(1) }
}
