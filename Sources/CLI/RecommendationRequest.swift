import Recommenders

/// What `kindred recommend` was asked, in the terms of one data set.
struct RecommendationRequest {
    let profile: Profile
    /// In the catalogue's spelling; nil for all.
    let genres: [String]?

    /// Later than any rating of a file, in milliseconds.
    private static let now = UInt64(UInt32.max) * 1000

    /// - Throws: what names a user, an item, a value or a genre that the data set does not have.
    init(user: String?, ratings: [RatingArgument], genres: [String], in dataset: Dataset) throws(CommandFailure) {
        var id: UserID?
        if let user {
            id = try? UserID(user)
            guard let known = id, dataset.users.index(of: known) != nil else {
                throw CommandFailure(
                    .unusable, "there is no user \(user.onOneLine) in \(dataset.name.onOneLine)",
                    advice: "It has \(dataset.users.count.grouped) users\(Self.examples(dataset.users.ids.map(\.rawValue))).")
            }
        }
        var live = LiveProfile()
        for (place, rating) in ratings.enumerated() {
            guard dataset.items.index(of: rating.item) != nil else {
                throw CommandFailure(
                    .unusable, "there is no item \(rating.item.rawValue.onOneLine) in \(dataset.name.onOneLine)",
                    advice: "Its items have ids such as \(Self.examples(dataset.items.ids.map(\.rawValue), lead: "")).")
            }
            let scale = dataset.scale
            guard scale.code(for: rating.value) != nil else {
                throw CommandFailure(
                    .unusable, "\(rating.value) is no rating here",
                    advice: "Ratings go from \(scale.minimum) to \(scale.maximum) in steps of \(scale.step).")
            }
            // What is said now is the latest of all; of two ratings of one item the later counts.
            let version = RatingVersion(milliseconds: Self.now, origin: UInt32(place))
            live.apply(RatingUpdate(item: rating.item, rating: rating.value, version: version))
        }
        self.genres = try Self.known(genres, in: dataset.catalogue)
        profile = dataset.profile(of: id, overlaidWith: live)
    }

    private static func known(_ names: [String], in catalogue: Catalogue) throws(CommandFailure) -> [String]? {
        guard !names.isEmpty else { return nil }
        var genres: [String] = []
        for name in names {
            guard let genre = catalogue.genres.first(where: { $0.lowercased() == name.lowercased() }) else {
                throw CommandFailure(
                    .unusable, "there is no genre \(name.onOneLine) in the catalogue",
                    advice: "There are: \(catalogue.genres.joined(separator: ", ").onOneLine)")
            }
            genres.append(genre)
        }
        return genres
    }

    private static func examples(_ ids: [String], lead: String = ", such as ") -> String {
        ids.isEmpty ? "" : lead + ids.prefix(3).map(\.onOneLine).joined(separator: ", ")
    }
}
