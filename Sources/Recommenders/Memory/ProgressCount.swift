import Synchronization

/// Counts what threads have done, and tells whoever wants to know at every hundredth of the whole.
package final class ProgressCount: Sendable {
    private let total: Int
    private let done = Atomic(0)

    package init(of total: Int) {
        self.total = max(total, 1)
    }

    package func add(_ count: Int, report: (Double) -> Void) {
        let (before, after) = done.wrappingAdd(count, ordering: .relaxed)
        if before * 100 / total != after * 100 / total { report(Double(after) / Double(total)) }
    }
}
