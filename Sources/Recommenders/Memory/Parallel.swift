import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work spread over the machine's cores.
package enum Parallel {
    /// Cores that this process may use.
    package static let coreCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    @TaskLocal private static var allowance: Int?

    /// On how many threads work is spread by who does not say.
    static var threads: Int { allowance ?? coreCount }

    /// Does `body` on fewer threads than there are cores, all that it calls included: for what has time, beside others who have none.
    package static func withThreads<Result, Failure>(
        atMost count: Int, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try $allowance.withValue(max(1, count)) { Swift.Result { () throws(Failure) in try body() } }.get()
    }

    /// Calls `body` once with each of `0..<count`, on up to `threads` threads, and returns when all calls have.
    ///
    /// Which thread makes which call is left to chance, so an outcome that is to be the same every time may depend on the number alone.
    package static func forEach(_ count: Int, threads: Int = threads, _ body: @Sendable (Int) -> Void) {
        guard threads > 1, count > 1 else {
            for number in 0..<count { body(number) }
            return
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                body(number)
            }
        }
    }

    /// The same with ranges: `0..<count` in stretches of `stride`, the last one perhaps shorter.
    package static func forEachRange(
        of count: Int, stride: Int, threads: Int = threads, _ body: @Sendable (Range<Int>) -> Void
    ) {
        forEach((count + stride - 1) / stride, threads: threads) { number in
            body(number * stride..<min(count, (number + 1) * stride))
        }
    }

    /// What `body` makes of each of `0..<count`, in that order.
    package static func map<Result: Sendable>(
        _ count: Int, threads: Int = threads, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, filled in
            nonisolated(unsafe) let results = results
            forEach(count, threads: threads) { results.initializeElement(at: $0, to: body($0)) }
            filled = count
        }
    }
}
