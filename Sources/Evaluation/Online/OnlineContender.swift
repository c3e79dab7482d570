package import Recommenders

/// An algorithm in several states of knowledge, which are compared with each other.
package struct OnlineContender {
    package let name: String
    /// The first is what the others are compared with.
    package let arms: [OnlineArm]

    package init(name: String, arms: [OnlineArm]) {
        precondition(!arms.isEmpty)
        self.name = name
        self.arms = arms
    }
}

/// One way of keeping an algorithm up with ratings that come in, or of not doing so.
package struct OnlineArm {
    /// "frozen", "online".
    package let name: String
    /// What scores when the first `count` ratings of the stream are known. Called on one thread with counts that ascend.
    package let scorer: (_ count: Int) throws -> any ItemScorer

    package init(name: String, scorer: @escaping (_ count: Int) throws -> any ItemScorer) {
        self.name = name
        self.scorer = scorer
    }

    /// What was known at the start stays all that is known.
    package static func frozen(_ scorer: any ItemScorer) -> OnlineArm {
        OnlineArm(name: "frozen") { _ in scorer }
    }
}
