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
        defer { attempts += 1 }
        return Self.delay(first: first, ceiling: ceiling, attempt: attempts, using: &generator)
    }

    /// The wait before the attempt of that number, 0 for the first.
    package static func delay(
        first: Duration, ceiling: Duration, attempt: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        min(ceiling, first * Double(1 << min(max(attempt, 0), 20))) * Double.random(in: 0.1...1, using: &generator)
    }

    package static func delay(first: Duration, ceiling: Duration, attempt: Int) -> Duration {
        var generator = SystemRandomNumberGenerator()
        return delay(first: first, ceiling: ceiling, attempt: attempt, using: &generator)
    }

    package mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    package mutating func reset() { attempts = 0 }
}
