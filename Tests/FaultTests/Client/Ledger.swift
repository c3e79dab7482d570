import Synchronization

/// What the clients were told, which is what Kindred has to answer for.
final class Ledger: Sendable {
    struct Pages: Sendable {
        /// Each client's in the order of time; a user belongs to one client.
        var operations: [Operation] = []
        var requests: [RequestRecord] = []
        /// Answers that no client should ever get, shortened.
        var unexpectedAnswers: [String] = []
        var acknowledgedCount = 0
    }

    private let pages = Mutex(Pages())

    var content: Pages { pages.withLock { $0 } }
    var acknowledgedCount: Int { pages.withLock(\.acknowledgedCount) }
    /// Of the last operation, if that was acknowledged.
    var lastJob: String? { pages.withLock { $0.operations.last?.job } }
    var operationCount: Int { pages.withLock(\.operations.count) }

    func add(_ operation: Operation) {
        pages.withLock { pages in
            pages.operations.append(operation)
            if operation.job != nil { pages.acknowledgedCount += 1 }
        }
    }

    func add(_ request: RequestRecord) { pages.withLock { $0.requests.append(request) } }

    func addUnexpected(_ answer: String) {
        pages.withLock { $0.unexpectedAnswers.append(String(answer.prefix(400))) }
    }
}

extension Ledger.Pages {
    var jobs: [String] { operations.compactMap(\.job) }

    func refusals(_ status: Int) -> [RequestRecord] { requests.filter { $0.status == status } }

    /// The longest that anybody waited for an answer, or for none.
    var slowestRequest: Duration { requests.map(\.duration).max() ?? .zero }

    /// The longest time in which nobody was acknowledged, in seconds.
    var longestOutage: Double {
        let moments = operations.filter { $0.job != nil }.map(\.ended).sorted()
        return zip(moments, moments.dropFirst()).map { Double($1 - $0) / 1000 }.max() ?? 0
    }

    /// Of the operations that were acknowledged, in ms; 0 without any.
    func latency(at share: Double) -> Double {
        let sorted = operations.filter { $0.job != nil }.map(\.latency).sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))].milliseconds
    }
}
