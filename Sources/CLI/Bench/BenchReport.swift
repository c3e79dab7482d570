import Recommenders

/// What `kindred bench` measured.
struct BenchReport {
    var dataset = ""
    var users = 0
    var items = 0
    var ratings = 0
    var ratingsFileBytes = 0
    var importing: ChildProcess.Outcome?
    var training: [(algorithm: Algorithm, outcome: ChildProcess.Outcome)] = []
    /// Of a process that opens everything and answers once.
    var start: ChildProcess.Outcome?
    var queries: [QueryBenchmark.Outcome] = []
    /// nil where it was not asked for.
    var live: LiveBenchmark.Outcome?

    private var startPrivateBytes: Int? {
        start.flatMap { Int($0.output.split(separator: "\n").first ?? "") }
    }

    var text: String {
        var processes = Table(columns: [
            .init(title: "process"), .init(title: "seconds", isRightAligned: true),
            .init(title: "CPU seconds", isRightAligned: true), .init(title: "peak memory", isRightAligned: true),
        ])
        func add(_ name: String, _ outcome: ChildProcess.Outcome) {
            processes.add([
                name, outcome.wallSeconds.rounded(toDigits: 2), outcome.cpuSeconds.rounded(toDigits: 2),
                outcome.peakBytes.mebibytes,
            ])
        }
        if let importing { add("import", importing) }
        for (algorithm, outcome) in training { add("train \(algorithm.rawValue)", outcome) }
        if let start { add("start and first answer", start) }

        var table = Table(
            columns: [.init(title: "algorithm")]
                + ["p50 ms", "p90 ms", "p99 ms", "maximum ms", "CPU ms"].map { Table.Column(title: $0, isRightAligned: true) })
        for query in queries {
            let times = query.latencies
            let perQuery = 1000 * query.cpuSeconds / Double(max(times.count, 1))
            table.add(
                [query.algorithm.rawValue]
                    + [times.percentile(0.5), times.percentile(0.9), times.percentile(0.99), times.percentile(1), perQuery]
                    .map { $0.rounded(toDigits: 3) })
        }
        var lines = [
            "\(dataset.onOneLine): \(users.grouped) users, \(items.grouped) items, \(ratings.grouped) ratings", "",
            processes.text,
        ]
        if let startPrivateBytes { lines += ["", "Private memory after the start: \(startPrivateBytes.mebibytes)"] }
        lines += ["", "Lists of 20, one thread, \(queries.first?.latencies.count.grouped ?? "0") random users:", table.text]
        if let live { lines += [""] + live.lines }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "dataset": .string(dataset), "users": .integer(users), "items": .integer(items), "ratings": .integer(ratings),
            "ratingsFileBytes": .integer(ratingsFileBytes),
            "import": importing.map(\.json) ?? .null,
            "training": .object(training.map { JSON.Member(name: $0.algorithm.rawValue, value: $0.outcome.json) }),
            "start": start.map(\.json) ?? .null, "privateBytes": .optional(startPrivateBytes),
            "live": live.map(\.json) ?? .null,
            "queries": .object(queries.map { JSON.Member(name: $0.algorithm.rawValue, value: $0.latencies.json) }),
        ]
    }
}

extension ChildProcess.Outcome {
    var json: JSON {
        ["seconds": .number(wallSeconds), "cpuSeconds": .number(cpuSeconds), "peakBytes": .integer(peakBytes)]
    }
}

extension Int {
    /// "152 MiB"
    fileprivate var mebibytes: String { "\((self + (1 << 19)) >> 20) MiB" }
}
