/// The names in a message, which never change their meaning.
enum WireKey {
    /// A job: one flat object for both kinds, of which each fills in its part.
    enum Job: String {
        case version = "v"
        case id
        case createdAt = "at"
        case deadlineAt = "by"
        /// Missing for the interactive one.
        case lane
        case kind
        case user
        case updates = "set"
        case refresh
        /// Missing where it is false.
        case removesUser = "gone"
        case guest
        case group
        /// Missing where it is false.
        case findsUsers = "find"
        case query = "q"
    }

    /// A rating update, or a guest's rating, which has no version.
    enum Rating: String {
        case item = "i"
        /// Missing where a rating is taken back, or the item dismissed.
        case value = "r"
        case version = "v"
        /// Missing where it is false.
        case isDismissed = "x"
    }

    enum Query: String {
        case count = "n"
        case algorithm = "alg"
        case similarity = "sim"
        case neighbours = "k"
        case genres = "g"
        case excludedGenres = "xg"
        case years = "y"
        case attributes = "a"
        case items = "i"
        case excludedItems = "xi"
        case excludesShown = "xs"
        case boosts = "b"
        case pinned = "p"
        case diversity = "d"
        case exploration = "e"
        case rows
        case aggregation = "agg"
    }

    enum Years: String {
        case from = "f"
        case through = "t"
    }

    /// One of the first three says what is boosted.
    enum Boost: String {
        case genre = "g"
        case item = "i"
        case attribute = "a"
        /// The attribute's.
        case value = "v"
        case strength = "s"
    }

    enum Pinned: String {
        case item = "i"
        case rank = "n"
    }

    enum Exploration: String {
        case share = "s"
        case seed = "z"
    }

    enum Rows: String {
        case count = "n"
        case length = "l"
        case genres = "g"
    }
}
