/// Why one row of a text file cannot be used.
struct BadRow: Error, Equatable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
