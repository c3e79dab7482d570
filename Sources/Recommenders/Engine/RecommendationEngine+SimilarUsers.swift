extension RecommendationEngine {
    /// So many of the nearest users are looked at, so that those who agreed to be found are among them.
    package static let nearestUsers = 1000
    /// So many of each user's items are told at most.
    package static let itemsOfSimilarUser = 10

    /// Who rated like `profile`, nearest first, of the users that `isOpen` lets through.
    ///
    /// - Parameters:
    ///   - count: how many at most.
    ///   - query: its similarity, and what the list of their best items may hold.
    ///   - isOpen: whether a user agreed to be found by others; asked of the nearest first, until there are enough.
    package func similarUsers(
        to profile: Profile, count: Int, query: RecommendationQuery, where isOpen: (UserID) -> Bool
    ) throws(CancellationError) -> [SimilarUser] {
        try Cancellation.look()
        let view = view
        var parameters = userNeighborParameters(for: query)
        parameters.neighbours = Self.nearestUsers
        let filter = selection.filter(for: query, without: profile.dismissed, in: view)
        var found: [SimilarUser] = []
        for neighbour in try view.userNeighbors.neighbours(of: profile, parameters: parameters) where found.count < count {
            guard isOpen(view.user(neighbour.user)) else { continue }
            found.append(similarUser(neighbour, profile, filter, in: view))
        }
        return found
    }

    private func similarUser(
        _ neighbour: UserNeighbor, _ profile: Profile, _ filter: ItemFilter?, in view: EngineView
    ) -> SimilarUser {
        let neutral = dataset.scale.neutral
        var shared = 0
        var liked: [(item: UInt32, code: UInt8)] = []
        var best: [(item: UInt32, code: UInt8)] = []
        for (item, code) in view.ratings(of: neighbour.user) {
            if let own = profile.code(of: item) {
                shared += 1
                let lower = min(own, code)
                if dataset.scale.value(of: lower) > neutral { liked.append((item, lower)) }
            } else if filter?.admits(item) ?? true, dataset.scale.value(of: code) > neutral {
                best.append((item, code))
            }
        }
        func first(_ items: [(item: UInt32, code: UInt8)]) -> [ItemID] {
            items.sorted { ($0.code, $1.item) > ($1.code, $0.item) }.prefix(Self.itemsOfSimilarUser).map { view.id(of: $0.item) }
        }
        return SimilarUser(
            similarity: Double(neighbour.similarity), sharedItems: shared, likedByBoth: first(liked), best: first(best))
    }
}
