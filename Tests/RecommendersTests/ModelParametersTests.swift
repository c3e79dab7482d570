import Testing

@testable import Recommenders

@Suite struct ModelParametersTests {
    let all: [ModelParameters] = Algorithm.allCases.compactMap {
        ModelParameters(defaultsOf: $0, for: RandomDataset.matrix(users: 3, items: 4, density: 0.5, seed: 1))
    }

    @Test func haveDefaultsThatCanBeUsed() {
        #expect(all.map(\.algorithm) == Algorithm.allCases.filter { $0 != .classic })
        for parameters in all { #expect(parameters.problem == nil, "\(parameters)") }
    }

    @Test func comeBackFromJSON() throws {
        for parameters in all { #expect(try ModelParameters(json: parameters.json) == parameters) }
        #expect(throws: (any Error).self) { try ModelParameters(json: #"{"algorithm": "classic", "parameters": {}}"#) }
        #expect(throws: (any Error).self) { try ModelParameters(json: "nothing") }
    }

    @Test func areSetByName() throws {
        let changed = try ModelParameters.ease(EASEParameters()).setting("regularization", to: "7").setting(
            "recency.halfLife", to: "4.5")
        #expect(changed == .ease(EASEParameters(regularization: 7, recency: Recency(halfLife: 4.5))))
        #expect(changed.settings["recency.halfLife"] == "4.5")
        let none = try changed.setting("recency.halfLife", to: "null")
        #expect(none == .ease(EASEParameters(regularization: 7, recency: .none)))
        #expect(try none.setting("recency.halfLife", to: "3") == changed.setting("recency.halfLife", to: "3"))
        let blend = try ModelParameters.blend(BlendParameters(weights: [.ease: 1])).setting("weights.graph-filter", to: "0.5")
        #expect(blend == .blend(BlendParameters(weights: [.ease: 1, .graphFilter: 0.5])))
    }

    @Test(arguments: [("nonsense", "1"), ("recency.nonsense", "1"), ("regularization.more", "1")])
    func areNotSetByOtherNames(name: String, value: String) {
        let parameters = ModelParameters.ease(EASEParameters())
        #expect(throws: ParameterError.self) { try parameters.setting(name, to: value) }
    }

    @Test(arguments: [("items", "1.5"), ("items", "many"), ("items", "\"many\""), ("items", "null"), ("recency", "7")])
    func areNotSetToOtherValues(name: String, value: String) {
        #expect(throws: ParameterError.unusableValue(name: name, value: value)) {
            try ModelParameters.ease(EASEParameters()).setting(name, to: value)
        }
    }

    @Test(
        arguments: [
            (Algorithm.ease, "regularization", "0"), (.ease, "items", "0"), (.ease, "recency.halfLife", "0"),
            (.ease, "recency.halfLife", "-1"), (.ease, "closeness.reach", "0"), (.implicitALS, "dimensions", "12"),
            (.implicitALS, "unobservedWeight", "0"), (.graphFilter, "components", "0"), (.itemNeighbors, "shrinkage", "-1"),
            (.itemNeighbors, "neighbours", "0"), (.userNeighbors, "neighbours", "0"), (.popularity, "halfLifeDays", "0"),
            (.blend, "weights.ease", "-1"),
        ])
    func sayWhatCannotBeUsed(algorithm: Algorithm, name: String, value: String) throws {
        let parameters = try #require(all.first { $0.algorithm == algorithm })
        let problem = try parameters.setting(name, to: value).problem
        #expect(problem?.hasPrefix(name) == true, "\(problem ?? "none")")
    }
}
