/// How long to wait before the next attempt: a random share of a ceiling that doubles ("full jitter", Brooker 2015), so that a
/// thousand clients of one dead server do not come back at the same moment.
package struct Backoff: Sendable {
    package let first: Duration
    package let ceiling: Duration
    private var attempts = 0

    package init(first: Duration = .milliseconds(100), ceiling: Duration = .seconds(10)) {
        self.first = first
        self.ceiling = ceiling
    }

    /// The wait before the next attempt: at least a tenth of what the ceiling has grown to, so that it never spins.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let limit = min(ceiling, first * Double(1 << min(attempts, 20)))
        attempts += 1
        return limit * Double.random(in: 0.1...1, using: &generator)
    }

    package mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    package mutating func reset() { attempts = 0 }
}
