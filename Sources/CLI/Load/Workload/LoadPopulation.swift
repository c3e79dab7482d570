/// Whom and what requests are about: the users, and what the service itself said of its items.
struct LoadPopulation: Sendable {
    struct Scale: Sendable {
        let minimum: Double
        let step: Double
        /// How many ratings there are to give.
        let count: Int
    }

    let dataset: String
    /// In front of every user's number.
    let prefix: String
    let userCount: Int
    let scale: Scale
    /// Ids of items, most rated first; at least one.
    let items: [String]
    /// What to search for.
    let words: [String]
    /// A job to ask for before there are others.
    var job: String?
}
