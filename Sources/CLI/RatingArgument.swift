import ArgumentParser
import Recommenders

/// A rating as it is given on the command line: `260=4.5`.
struct RatingArgument: ExpressibleByArgument, Equatable {
    let item: ItemID
    let value: Double

    init(item: ItemID, value: Double) {
        self.item = item
        self.value = value
    }

    /// The last `=` divides, since ids may hold any character.
    init?(argument: String) {
        guard let sign = argument.lastIndex(of: "="), let item = try? ItemID(String(argument[..<sign])),
            let value = Double(argument[argument.index(after: sign)...]), value.isFinite
        else { return nil }
        self.init(item: item, value: value)
    }
}
