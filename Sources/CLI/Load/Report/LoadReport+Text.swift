extension LoadReport {
    var text: String {
        var parts = [heading, operationTable]
        if let jobTable { parts.append(jobTable) }
        if let errorTable { parts.append(errorTable) }
        parts.append(notes.joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }

    private var heading: String {
        let pace =
            switch phase.pace {
            case .open(let rate): "\(rate.rounded(toDigits: rate < 10 ? 1 : 0)) requests a second"
            case .closed(let count): "as many requests as \(count) at a time can be"
            }
        let warmUp = phase.warmUp > .zero ? " after \((phase.warmUp / .seconds(1)).rounded(toDigits: 1)) s of warming up" : ""
        let interrupted = figures.wasInterrupted ? ", ended early" : ""
        return """
            \(target.url) (\(population.dataset.onOneLine)): \(pace) for \(figures.seconds.rounded(toDigits: 1)) s\(warmUp), \
            seed \(settings.seed)\(interrupted)
            """
    }

    private static let percentileColumns =
        ["p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms"].map { Table.Column(title: $0, isRightAligned: true) }

    private static func cells(_ latencies: LatencyHistogram) -> [String] {
        guard latencies.count > 0 else { return Array(repeating: "–", count: 5) }
        return [50, 90, 99, 99.9].map { latencies.percentile($0).rounded(toDigits: 1) } + [latencies.maximum.rounded(toDigits: 1)]
    }

    private var operationTable: String {
        var table = Table(
            columns: [.init(title: "requests")]
                + ["count", "a second", "errors"].map { Table.Column(title: $0, isRightAligned: true) } + Self.percentileColumns)
        func add(_ title: String, _ operation: OperationFigures) {
            let rate = figures.seconds > 0 ? Double(operation.count) / figures.seconds : 0
            table.add(
                [title, operation.count.grouped, rate.rounded(toDigits: 1), operation.failed.count.grouped]
                    + Self.cells(operation.answered))
        }
        for operation in LoadOperation.allCases {
            if let figures = figures.operations[operation] { add(operation.title, figures) }
        }
        add("all", figures.total)
        return table.text
    }

    private var jobTable: String? {
        guard figures.jobs.values.contains(where: { $0.accepted > 0 }) else { return nil }
        var table = Table(
            columns: [.init(title: "jobs")]
                + ["accepted", "followed"].map { Table.Column(title: $0, isRightAligned: true) } + [.init(title: "ended")]
                + Self.percentileColumns)
        for kind in LoadJobKind.allCases {
            guard let jobs = figures.jobs[kind] else { continue }
            var ends = jobs.ended.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value.grouped) \($0.key)" }
            if jobs.unfinished > 0 { ends.append("\(jobs.unfinished.grouped) not yet") }
            table.add(
                [kind.title, jobs.accepted.grouped, jobs.followed.grouped, ends.isEmpty ? "–" : ends.joined(separator: ", ")]
                    + Self.cells(jobs.latencies))
        }
        return table.text
    }

    private var errorTable: String? {
        guard figures.errorCount > 0 else { return nil }
        var table = Table(columns: [
            .init(title: "errors"), .init(title: "answer"), .init(title: "count", isRightAligned: true),
        ])
        for operation in LoadOperation.allCases {
            let errors = figures.operations[operation]?.errors ?? [:]
            for (kind, count) in errors.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                table.add([operation.title, kind.description, count.grouped])
            }
        }
        return table.text
    }

    private var notes: [String] {
        var notes: [String] = []
        if case .closed = phase.pace {
            notes.append(
                """
                Closed loop: \(answeredRate.rounded(toDigits: 0)) good answers a second. Its latencies are NOT honest: whenever the service \
                was slow, less was asked of it. Measure them with --rate.
                """)
        } else {
            notes.append(
                "Answered in time: \(answeredRate.rounded(toDigits: 1)) a second. Latencies count from when a request was due.")
        }
        if let rate = endedJobRate, let last = figures.lastJobSeconds, hasJobsToTell(last) {
            notes.append(
                """
                The last job ended \(last.rounded(toDigits: 2)) s after the last request was due: \
                \(rate.rounded(toDigits: 0)) jobs a second end to end.
                """)
        }
        let errors = figures.jobs.values.reduce(0) { $0 + $1.followErrors }
        if errors > 0 { notes.append("Asking how a job stood failed \(errors.grouped) times.") }
        let late = figures.jobs.values.reduce(0) { $0 + $1.followedLate }
        if late > 0 {
            notes.append(
                "\(late.grouped) jobs could be followed late only, so that they look slower than they were; see --followers.")
        }
        if figures.foundNoConnection > 0, case .open = phase.pace {
            notes.append(
                "\(figures.foundNoConnection.grouped) requests found all \(settings.connections) connections in use, and waited.")
        }
        notes.append(generatorNote)
        if let warning = verdict.text { notes.append(warning) }
        return notes
    }

    /// While the service keeps up, jobs end as fast as they were asked for, which says nothing.
    private func hasJobsToTell(_ lastJobSeconds: Double) -> Bool {
        if case .closed = phase.pace { true } else { lastJobSeconds > 1 }
    }

    private var generatorNote: String {
        let late = figures.lateness
        return """
            The generator: \(verdict.cpuMicrosecondsPerRequest.rounded(toDigits: 0)) µs of CPU a request, \
            \((verdict.cpuShare * 100).rounded(toDigits: 0)) % of a core; late by \(late.percentile(50).rounded(toDigits: 1)) ms (p50), \
            \(late.percentile(99).rounded(toDigits: 1)) ms (p99), \(late.maximum.rounded(toDigits: 1)) ms (most).
            """
    }
}
