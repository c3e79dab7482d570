/// An evaluation set that holds nothing of the test ratings, neither to train on nor to be found: the only kind that parameters
/// may be chosen by. Made by `Split` alone.
package struct ValidationSet: Sendable {
    package let set: EvaluationSet

    init(_ set: EvaluationSet) {
        self.set = set
    }
}
