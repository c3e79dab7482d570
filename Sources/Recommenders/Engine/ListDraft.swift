/// A list in the making: what may be in it, what was chosen, and what the algorithm says of that.
struct ListDraft {
    let plan: any ListPlan
    let filter: ItemFilter?
    private let popularity: (any ItemScorer)?
    private let profile: Profile
    private let genres: GenreIndex
    /// Whether popularity ranks in the algorithm's stead, so that there is nothing more to fill up with.
    var isFallback = false
    private(set) var choices = Choices()
    /// Of the same items in the same order as `choices`.
    var items: [RankedItem] = []

    init(
        _ plan: any ListPlan, popularity: (any ItemScorer)?, for profile: Profile, _ filter: ItemFilter?, _ genres: GenreIndex
    ) {
        self.plan = plan
        self.popularity = popularity
        self.profile = profile
        self.genres = genres
        var filter = filter
        for item in plan.pinned { filter?.admit(item) }
        self.filter = filter
    }

    /// Chooses from the algorithm's best; nothing at all where it has none, as long as something can stand in for it.
    mutating func pick(_ best: [TopK.Entry]) throws(CancellationError) -> [TopK.Entry] {
        guard !best.isEmpty || isFallback else { return [] }
        choices = try plan.choose(from: best) { count, genre, listed throws(CancellationError) in
            guard let popularity, !isFallback else { return [] }
            var rest = genre.map { genres.filter(anyOf: [$0]) } ?? ItemFilter(itemCount: popularity.itemCount, admitsAll: true)
            if let filter { rest.refuse(whatIsRefusedBy: filter) }
            for item in listed { rest.refuse(item) }
            return try popularity.best(count, for: profile, filter: rest)
        }
        return choices.entries
    }
}
