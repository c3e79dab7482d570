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
    }
}
