import Synchronization

/// Adds up what several threads have read and tells it, one at a time.
final class ProgressMeter: @unchecked Sendable {  // `report` is only called with the lock held
    private let totalBytes: Int
    private let report: (ImportProgress) -> Void
    private let doneBytes = Mutex(0)

    init(totalBytes: Int, report: @escaping (ImportProgress) -> Void) {
        self.totalBytes = totalBytes
        self.report = report
    }

    func add(_ byteCount: Int) {
        doneBytes.withLock { doneBytes in
            doneBytes += byteCount
            report(ImportProgress(doneBytes: doneBytes, totalBytes: totalBytes))
        }
    }
}
