/// Looks for the highest rate that a service holds: upwards by half until it does not, then between the two.
struct CapacitySearch: Sendable {
    /// Held and not held this near to each other are near enough.
    static let precision = 1.06

    private let start: Double
    private let maximumSteps: Int
    private var count = 0
    private(set) var held: Double?
    private(set) var notHeld: Double?

    init(start: Double, maximumSteps: Int) {
        self.start = start
        self.maximumSteps = maximumSteps
    }

    /// The next rate to try, in whole requests a second where that is precise enough; nil when the search is over.
    func next() -> Double? {
        guard count < maximumSteps else { return nil }
        let rate: Double
        switch (held, notHeld) {
        case (nil, nil): rate = start
        case (let held?, nil): rate = held * 1.5
        case (nil, let notHeld?): rate = notHeld / 2
        case (let held?, let notHeld?):
            guard notHeld / held > Self.precision else { return nil }
            rate = (held * notHeld).squareRoot()
        }
        guard rate >= 1 else { return nil }
        return rate >= 100 ? rate.rounded() : rate
    }

    mutating func record(_ rate: Double, wasHeld: Bool) {
        count += 1
        if wasHeld {
            held = max(held ?? 0, rate)
        } else {
            notHeld = min(notHeld ?? .infinity, rate)
        }
    }
}
