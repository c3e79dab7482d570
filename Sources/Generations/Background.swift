import Foundation
import Glibc
import Recommenders

/// Work that takes a core for a while and has time, on a thread of its own that gives way to all others.
package enum Background {
    /// Of the thread, on Linux.
    private static let niceness: Int32 = 10

    /// - Parameter name: of the thread.
    package static func run<Result: Sendable>(named name: String = "files", _ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
                continuation.resume(returning: Parallel.withThreads(atMost: 1, body))
            }
            thread.start()
            thread.name = name  // on Linux a name given before the start is lost
        }
    }

    /// Gives back what nobody else holds.
    static func release<Element: Sendable>(_ elements: consuming [Element]) async {
        let box = Box(elements)
        await run { box.content.removeAll() }
    }

    private final class Box<Element>: @unchecked Sendable {  // only the one thread uses it
        var content: [Element]

        init(_ content: consuming [Element]) { self.content = content }
    }
}
