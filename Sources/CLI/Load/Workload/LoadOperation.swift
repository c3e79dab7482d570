/// What a client does, each measured for itself.
enum LoadOperation: String, CaseIterable, Sendable {
    case catalogue, items, search, item, profile, list, job
    case rate
    case rateSeveral = "rate-several"
    case recommend
    case recommendLater = "recommend-later"

    /// In words, for tables.
    var title: String {
        switch self {
        case .catalogue: "catalogue"
        case .items: "page of items"
        case .search: "search"
        case .item: "item"
        case .profile: "user's ratings"
        case .list: "last list"
        case .job: "job's status"
        case .rate: "rate an item"
        case .rateSeveral: "rate several"
        case .recommend: "recommend, waiting"
        case .recommendLater: "recommend, later"
        }
    }

    /// What kind of job it leaves.
    var job: LoadJobKind? {
        switch self {
        case .rate, .rateSeveral: .ratings
        case .recommend, .recommendLater: .recommendations
        default: nil
        }
    }

    /// Whether an answer is one that a frontend expects from a service in good health.
    func isGood(status: Int, code: String?) -> Bool {
        switch self {
        case .rate, .rateSeveral, .recommendLater: status == 202
        case .recommend: status == 200 || status == 202
        // Who has not rated anything yet has no list, and the users of a load test begin so.
        case .list: status == 200 || status == 304 || (status == 404 && code == "no_recommendations_yet")
        default: status == 200 || status == 304
        }
    }
}

enum LoadJobKind: String, CaseIterable, Sendable {
    case ratings, recommendations

    var title: String {
        switch self {
        case .ratings: "rating updates"
        case .recommendations: "recommendations"
        }
    }
}
