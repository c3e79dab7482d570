package import Recommenders
package import ServiceRuntime

/// Something that a user did with an item.
package struct ObservedOutcome: Hashable, Sendable {
    package var outcome: Outcome
    package var item: ItemID
    /// Seconds of `dwell`, else 1.
    package var amount: Int
    package var at: Timestamp

    package init(_ outcome: Outcome, _ item: ItemID, amount: Int = 1, at moment: Timestamp) {
        self.outcome = outcome
        self.item = item
        self.amount = amount
        self.at = moment
    }
}
