import Evaluation
import Recommenders
import Testing

struct ParameterSetTests {
    struct Parameters: Codable, Equatable {
        var shrinkage = 10.0
        var count = 5
        var weight: Float = 0.1
        var name = "cosine"
        var isWeighted = true
        var recency = Recency(halfLife: 3)
    }

    @Test func takesThePlaceOfDefaults() throws {
        let set: ParameterSet = [
            "shrinkage": 2.5, "count": 7, "weight": 0.3, "name": "pearson", "isWeighted": false, "recency.halfLife": 4.5,
        ]
        let expected = Parameters(
            shrinkage: 2.5, count: 7, weight: 0.3, name: "pearson", isWeighted: false, recency: Recency(halfLife: 4.5))
        #expect(try set.merged(into: Parameters()) == expected)
        #expect(try ["recency.halfLife": .none].merged(into: Parameters()) == Parameters(recency: .none))
        #expect(try ["recency.halfLife": 6].merged(into: Parameters(recency: .none)) == Parameters(recency: Recency(halfLife: 6)))
        #expect(try ParameterSet().merged(into: Parameters()) == Parameters())
    }

    @Test(
        arguments: [["unknown": 1], ["count": 1.5], ["count": "many"], ["recency.unknown": 1], ["name.length": 2]]
            as [ParameterSet])
    func refusesWhatDoesNotFit(set: ParameterSet) {
        #expect(throws: ParameterSetError.self) { try set.merged(into: Parameters()) }
    }
}
