package import Recommenders

/// What an algorithm is trained on, and what it is then asked to find.
///
/// Users and items have the same numbers as in the data set that was split.
package struct EvaluationSet: Sendable {
    package let training: RatingMatrix
    package let heldOut: RatingLists
    /// Ratings that are neither trained on nor recommended.
    package let masked: RatingLists
    /// The users who have ratings held out and others to go by, ascending.
    package let users: [Int]
    /// Users with ratings held out who are not evaluated because the training ratings hold none of theirs.
    package let usersWithoutProfile: Int

    package init(training: RatingMatrix, heldOut: RatingLists, masked: RatingLists? = nil) {
        precondition(heldOut.userCount == training.userCount)
        self.training = training
        self.heldOut = heldOut
        self.masked = masked ?? RatingLists(userCount: training.userCount)
        let asked = (0..<training.userCount).filter { !heldOut.row($0).isEmpty }
        users = asked.filter { !training.row($0).isEmpty }
        usersWithoutProfile = asked.count - users.count
    }

    private init(_ other: EvaluationSet, users: [Int]) {
        training = other.training
        heldOut = other.heldOut
        masked = other.masked
        self.users = users
        usersWithoutProfile = other.usersWithoutProfile
    }

    /// The same with `count` of the users, drawn by `seed`; itself where it has no more.
    package func sample(_ count: Int, seed: UInt64) -> EvaluationSet {
        EvaluationSet(self, users: users.sample(count, seed: seed))
    }

    package var heldOutCount: Int { users.reduce(0) { $0 + heldOut.row($1).count } }
}

extension [Int] {
    /// `count` of the elements, drawn by `seed`, in their order here.
    func sample(_ count: Int, seed: UInt64) -> [Int] {
        guard count < self.count else { return self }
        var generator = SplitMix64(seed: seed)
        var places = Array(indices)
        generator.shuffle(&places)
        return places.prefix(count).sorted().map { self[$0] }
    }
}
