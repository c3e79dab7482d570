package import Recommenders

/// What a variant can set, by the names that requests use.
package enum ExperimentParameter: String, Hashable, Sendable, CaseIterable {
    case algorithm, similarity, neighbours, count
}

extension RecommendationQuery {
    /// What it does not leave open.
    package var parameters: Set<ExperimentParameter> {
        var parameters: Set<ExperimentParameter> = []
        if algorithm != nil { parameters.insert(.algorithm) }
        if similarity != nil { parameters.insert(.similarity) }
        if neighbours != nil { parameters.insert(.neighbours) }
        if count != nil { parameters.insert(.count) }
        return parameters
    }

    /// With what `other` says where this says nothing.
    package func completed(by other: RecommendationQuery) -> RecommendationQuery {
        var query = self
        query.algorithm = algorithm ?? other.algorithm
        query.similarity = similarity ?? other.similarity
        query.neighbours = neighbours ?? other.neighbours
        query.count = count ?? other.count
        return query
    }
}
