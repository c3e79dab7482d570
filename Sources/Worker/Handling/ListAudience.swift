import Recommenders

/// For whom a list is computed, with what is known of them.
enum ListAudience: Sendable {
    case user(UserID, LiveProfile)
    case guest(LiveProfile)
    /// At least one.
    case group([(user: UserID, live: LiveProfile)])

    /// What rating updates of a user came to.
    var live: LiveProfile {
        switch self {
        case .user(_, let live), .guest(let live): live
        case .group: LiveProfile()
        }
    }

    /// Whose list it is; nil for one that is nobody's own.
    var user: UserID? {
        if case .user(let user, _) = self { user } else { nil }
    }

    /// Whose impressions count.
    var users: [UserID] {
        switch self {
        case .user(let user, _): [user]
        case .guest: []
        case .group(let members): members.map(\.user)
        }
    }

    /// - Parameter engine: as it is at one moment.
    func list(
        _ query: RecommendationQuery, without shown: Set<ItemID>, by engine: RecommendationEngine
    ) throws(CancellationError) -> RecommendationList {
        // An item that the catalogue lost is not listed anyway.
        let hidden = shown.compactMap { engine.index(of: $0) }.sorted()
        func profile(of user: UserID?, _ live: LiveProfile) -> Profile {
            let profile = engine.profile(of: user, overlaidWith: live)
            return hidden.isEmpty ? profile : profile.excluding(hidden)
        }
        switch self {
        case .user(let user, let live):
            var list = try engine.recommend(for: profile(of: user, live), query: query)
            list.ratingsVersion = live.version
            return list
        case .guest(let live):
            return try engine.recommend(for: profile(of: nil, live), query: query)
        case .group(let members):
            return try engine.recommend(forGroup: members.map { profile(of: $0.user, $0.live) }, query: query)
        }
    }
}
