/// The neighbours that were found last, for whom the same is asked next: a blend wants to know first how they vote and then how many of
/// them rated what it found, and an app one list after the other.
struct LastNeighbours: Sendable {
    private var last: (profile: Profile, parameters: UserNeighborParameters, version: UInt64?, neighbours: [UserNeighbor])?

    /// - Parameter version: of what is laid over the file.
    /// - Returns: nil when it was another profile, or other parameters, or other ratings.
    func of(_ profile: Profile, _ parameters: UserNeighborParameters, version: UInt64?) -> [UserNeighbor]? {
        guard let last, last.version == version, last.parameters == parameters, last.profile == profile else { return nil }
        return last.neighbours
    }

    mutating func remember(
        _ neighbours: [UserNeighbor], of profile: Profile, _ parameters: UserNeighborParameters, version: UInt64?
    ) {
        last = (profile, parameters, version, neighbours)
    }
}
