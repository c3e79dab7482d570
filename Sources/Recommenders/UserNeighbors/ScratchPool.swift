import Synchronization

/// Working memory kept from one call to the next: as many as were ever in use at once.
final class ScratchPool<Scratch: Sendable>: Sendable {
    private let idle = Mutex<[Scratch]>([])
    private let make: @Sendable () -> Scratch

    init(_ make: @escaping @Sendable () -> Scratch) {
        self.make = make
    }

    /// Lends one to `body`, which has it for itself and leaves it clear.
    func withScratch<Result>(_ body: (inout Scratch) -> Result) -> Result {
        var scratch = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { $0.append(scratch) } }
        return body(&scratch)
    }
}
