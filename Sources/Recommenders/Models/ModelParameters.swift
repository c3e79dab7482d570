import Foundation

/// How an algorithm is trained and asked: its name and what there is to set. In JSON: `{"algorithm": "ease", "parameters": {…}}`.
package enum ModelParameters: Hashable, Sendable {
    case userNeighbors(UserNeighborParameters)
    case itemNeighbors(ItemNeighborParameters)
    case ease(EASEParameters)
    case implicitALS(ImplicitALSParameters)
    case graphFilter(GraphFilterParameters)
    case popularity(PopularityParameters)
    case trending(TrendingParameters)
    case blend(BlendParameters)

    /// What is used where nothing is said; nil for the algorithm that has nothing to set.
    ///
    /// - Parameter ratings: those that it is for, as some things suit only ratings whose times are known.
    package init?(defaultsOf algorithm: Algorithm, for ratings: RatingMatrix) {
        switch algorithm {
        case .userNeighbors: self = .userNeighbors(.usual(for: .cosine, timesKnown: ratings.hasTimes))
        case .itemNeighbors: self = .itemNeighbors(.usual(timesKnown: ratings.hasTimes))
        case .ease: self = .ease(EASEParameters())
        case .implicitALS: self = .implicitALS(ImplicitALSParameters())
        case .graphFilter: self = .graphFilter(.usual(timesKnown: ratings.hasTimes))
        case .popularity: self = .popularity(PopularityParameters())
        case .trending: self = .trending(TrendingParameters())
        case .blend: self = .blend(BlendParameters())
        case .classic: return nil
        }
    }

    package var algorithm: Algorithm {
        switch self {
        case .userNeighbors: .userNeighbors
        case .itemNeighbors: .itemNeighbors
        case .ease: .ease
        case .implicitALS: .implicitALS
        case .graphFilter: .graphFilter
        case .popularity: .popularity
        case .trending: .trending
        case .blend: .blend
        }
    }
}

extension ModelParameters: Codable {
    private enum Key: String, CodingKey { case algorithm, parameters }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func parameters<Parameters: Decodable>() throws -> Parameters {
            try container.decode(Parameters.self, forKey: .parameters)
        }
        switch try container.decode(Algorithm.self, forKey: .algorithm) {
        case .userNeighbors: self = .userNeighbors(try parameters())
        case .itemNeighbors: self = .itemNeighbors(try parameters())
        case .ease: self = .ease(try parameters())
        case .implicitALS: self = .implicitALS(try parameters())
        case .graphFilter: self = .graphFilter(try parameters())
        case .popularity: self = .popularity(try parameters())
        case .trending: self = .trending(try parameters())
        case .blend: self = .blend(try parameters())
        case .classic:
            throw DecodingError.dataCorruptedError(
                forKey: .algorithm, in: container, debugDescription: "the algorithm classic has no parameters")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(algorithm, forKey: .algorithm)
        switch self {
        case .userNeighbors(let parameters): try container.encode(parameters, forKey: .parameters)
        case .itemNeighbors(let parameters): try container.encode(parameters, forKey: .parameters)
        case .ease(let parameters): try container.encode(parameters, forKey: .parameters)
        case .implicitALS(let parameters): try container.encode(parameters, forKey: .parameters)
        case .graphFilter(let parameters): try container.encode(parameters, forKey: .parameters)
        case .popularity(let parameters): try container.encode(parameters, forKey: .parameters)
        case .trending(let parameters): try container.encode(parameters, forKey: .parameters)
        case .blend(let parameters): try container.encode(parameters, forKey: .parameters)
        }
    }
}

extension ModelParameters {
    /// Of the same parameters always the same text.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing in the parameters can fail to be encoded: their numbers are finite.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    package init(json: String) throws {
        self = try JSONDecoder().decode(ModelParameters.self, from: Data(json.utf8))
    }
}
