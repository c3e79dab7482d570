import Recommenders

extension LiveProfile {
    /// Its updates, latest first; of equal versions, as only forged ones are, the lower item first, so that pages fit together.
    var newestFirst: [RatingUpdate] {
        updates.values.sorted { left, right in
            left.version != right.version ? left.version > right.version : left.item.rawValue < right.item.rawValue
        }
    }
}
