import Testing

@testable import ServiceRuntime

@Suite struct BackoffTests {
    @Test func staysBetweenATenthAndTheWholeOfADoublingCeiling() {
        for _ in 0..<50 {
            var backoff = Backoff(first: .milliseconds(100), ceiling: .seconds(5))
            for attempt in 0..<100 {
                let limit = min(Duration.seconds(5), .milliseconds(100) * (1 << min(attempt, 20)))
                let wait = backoff.next()
                #expect(wait <= limit && wait >= limit * 0.0999)
            }
        }
    }

    @Test func grows() {
        var middle = Middle()
        var backoff = Backoff(first: .milliseconds(100), ceiling: .seconds(10))
        let waits = (0..<10).map { _ in backoff.next(using: &middle) }
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(waits[0] < .milliseconds(60) && waits[9] > .seconds(5))
    }

    @Test func differsFromClientToClient() {
        let waits = (0..<50).map { _ in
            var backoff = Backoff()
            return backoff.next()
        }
        #expect(Set(waits).count > 40)
    }

    @Test func startsAgainAfterASuccess() {
        var backoff = Backoff(first: .milliseconds(100))
        for _ in 0..<30 { _ = backoff.next() }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(100))
    }
}

private struct Middle: RandomNumberGenerator {
    mutating func next() -> UInt64 { 1 << 63 }
}
