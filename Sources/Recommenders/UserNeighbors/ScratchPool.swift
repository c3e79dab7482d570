import Synchronization

/// Working memory kept from one call to the next: as many as were ever in use at once.
final class ScratchPool<Scratch: Sendable>: Sendable {
    private let idle = Mutex<[Scratch]>([])
    private let make: @Sendable () -> Scratch

    init(_ make: @escaping @Sendable () -> Scratch) {
        self.make = make
    }

    /// Lends one to `body`, which has it for itself and leaves it clear.
    ///
    /// One that `body` throws out of is given up, because nobody knows how far its work had come.
    func withScratch<Result, Failure>(
        _ body: (inout Scratch) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var scratch = idle.withLock { $0.popLast() } ?? make()
        let result = try body(&scratch)
        idle.withLock { $0.append(scratch) }
        return result
    }
}
