/// A neighbour, and how much its ratings weigh.
struct Voter: Sendable {
    let user: UInt32
    /// Its weight in the predicted rating.
    let similarity: Double
    /// Its weight in the order of the list.
    let vote: Double

    init(_ neighbour: UserNeighbor, in order: UserNeighborParameters.Order) {
        user = neighbour.user
        similarity = Double(neighbour.similarity)
        switch order {
        case .agreement(let similarityPower):
            vote = (0..<similarityPower).reduce(1) { power, _ in power * Double(neighbour.similarity) }
        case .match: vote = similarity
        }
    }
}
