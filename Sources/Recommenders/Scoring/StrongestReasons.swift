/// Picks the ratings that explain items of one profile.
///
/// Those come first that are no lower than the profile's mean, because "you gave it one star" explains no recommendation, and among them
/// those that contribute most, of equal ones the lower place. What does not speak for an item does not explain it.
struct StrongestReasons {
    /// No lower than the profile's mean, by place.
    private let isWellRated: [Bool]
    private var wellRated: TopK
    private var others: TopK

    /// - Parameter count: how many ratings explain an item at most.
    init(_ count: Int, in profile: Profile) {
        let sum = profile.codes.reduce(0) { $0 + Int($1) }
        isWellRated = profile.codes.map { Int($0) * profile.codes.count >= sum }
        wellRated = TopK(capacity: count)
        others = wellRated
    }

    /// Places in the profile, strongest first.
    mutating func strongest(of contributions: [Double]) -> [Int] {
        for place in contributions.indices where contributions[place] > 0 {
            if isWellRated[place] {
                wellRated.offer(UInt32(place), score: Float(contributions[place]))
            } else {
                others.offer(UInt32(place), score: Float(contributions[place]))
            }
        }
        return (wellRated.takeSorted() + others.takeSorted()).prefix(wellRated.capacity).map { Int($0.element) }
    }
}
