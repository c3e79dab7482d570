import Synchronization

/// How much of some work is done, whichever threads do it.
final class ProgressShare: Sendable {
    private let done = Atomic(0)
    private let count: Int
    private let report: @Sendable (Double) -> Void

    init(of count: Int, report: @escaping @Sendable (Double) -> Void) {
        self.count = count
        self.report = report
    }

    func advance(by number: Int) {
        let done = done.wrappingAdd(number, ordering: .relaxed).newValue
        report(Double(done) / Double(max(count, 1)))
    }
}
