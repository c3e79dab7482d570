package import ServiceRuntime

/// What was counted of one experiment in one phase: for each period in which users came, each variant, some numbers.
package struct ExperimentCounts: Hashable, Sendable {
    /// What is counted, by the names that stand in Redis.
    package enum Quantity: Hashable, Sendable {
        /// Users whose first list it was.
        case users
        /// Periods in which users were handed lists, by the period in which that was.
        case exposures
        /// What users did in their windows, by the period of their first lists.
        case sum(Outcome)
        /// The squares of what each user did.
        case squares(Outcome)
    }

    package struct Field: Hashable, Sendable {
        /// Periods since 1970.
        package var period: Int64
        package var variant: String
        package var quantity: Quantity

        package init(period: Int64, variant: String, quantity: Quantity) {
            self.period = period
            self.variant = variant
            self.quantity = quantity
        }
    }

    package var numbers: [Field: Int64]

    package init(_ numbers: [Field: Int64] = [:]) {
        self.numbers = numbers
    }

    /// All of `quantity`, of users who came in periods that `isCounted`.
    package func total(
        _ quantity: Quantity, of variant: String, where isCounted: (_ period: Int64) -> Bool = { _ in true }
    ) -> Int64 {
        numbers.reduce(0) { total, entry in
            let (field, number) = entry
            guard field.variant == variant, field.quantity == quantity, isCounted(field.period) else { return total }
            return total + number
        }
    }

    package func sums(_ outcome: Outcome, of variant: String, where isCounted: (_ period: Int64) -> Bool) -> UserSums {
        UserSums(
            users: Int(total(.users, of: variant, where: isCounted)),
            sum: Double(total(.sum(outcome), of: variant, where: isCounted)),
            squares: Double(total(.squares(outcome), of: variant, where: isCounted)))
    }
}

extension ExperimentCounts.Field: LosslessStringConvertible {
    /// "20780 control ratings"
    package var description: String { "\(period) \(variant) \(quantity)" }

    package init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let period = Int64(parts[0]), !parts[1].isEmpty,
            let quantity = ExperimentCounts.Quantity(String(parts[2]))
        else { return nil }
        self.init(period: period, variant: String(parts[1]), quantity: quantity)
    }
}

extension ExperimentCounts.Quantity: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .users: "users"
        case .exposures: "exposures"
        case .sum(let outcome): outcome.rawValue
        case .squares(let outcome): "\(outcome.rawValue)^2"
        }
    }

    package init?(_ text: String) {
        switch text {
        case "users": self = .users
        case "exposures": self = .exposures
        default:
            let isSquare = text.hasSuffix("^2")
            guard let outcome = Outcome(rawValue: isSquare ? String(text.dropLast(2)) : text) else { return nil }
            self = isSquare ? .squares(outcome) : .sum(outcome)
        }
    }
}

extension Experiment {
    /// The period that a moment lies in.
    package func period(of moment: Timestamp) -> Int64 { moment.milliseconds / periodMilliseconds }

    package var periodMilliseconds: Int64 { period.components.seconds * 1000 }

    /// Whether all users who came in `period` have been observed for their whole windows.
    package func isMeasured(_ period: Int64, at moment: Timestamp) -> Bool {
        Timestamp(milliseconds: (period + 1) * periodMilliseconds) + window <= moment
    }
}
