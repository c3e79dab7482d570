/// Tells an algorithm now and then whether the task that it works for has been cancelled.
///
/// Looking takes some nanoseconds, so that it is done between blocks of work and not for every rating. Outside a task nothing is ever
/// cancelled.
struct Cancellation: Sendable {
    /// Steps of a few nanoseconds, so that two looks are some 30 microseconds apart.
    static let stepsBetweenLooks = 1 << 14

    private var steps = 0

    /// Counts work that is done or about to be done.
    ///
    /// - Parameter steps: of a few nanoseconds each, like the visit of a rating.
    @inline(__always)
    mutating func count(_ steps: Int) throws(CancellationError) {
        self.steps &+= steps
        guard self.steps >= Self.stepsBetweenLooks else { return }
        self.steps = 0
        try Self.look()
    }

    @inline(never)
    static func look() throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
    }
}
