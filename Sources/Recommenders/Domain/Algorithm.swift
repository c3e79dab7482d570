/// The algorithms, by the names that requests and files use.
package enum Algorithm: String, Hashable, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
    /// k nearest users, ranked for top-N.
    case userNeighbors = "user-neighbors"
    /// The order of the project that Kindred grew from.
    case classic
    /// Items like those in the profile.
    case itemNeighbors = "item-neighbors"
    /// The closed-form autoencoder of Steck 2019.
    case ease
    /// Matrix factorisation of Hu, Koren and Volinsky 2008.
    case implicitALS = "implicit-als"
    /// Graph filtering of Shen et al. 2021.
    case graphFilter = "graph-filter"
    /// Most rated first; also the fallback.
    case popularity
    /// Most rated of late first: each rating counts the less the older it is.
    case trending
    /// A weighted sum of the others.
    case blend

    /// Whether it answers from a model that has to be trained first.
    package var needsModel: Bool {
        switch self {
        case .itemNeighbors, .ease, .implicitALS, .graphFilter, .blend: true
        case .userNeighbors, .classic, .popularity, .trending: false
        }
    }
}
