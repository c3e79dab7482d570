import Recommenders
import Synchronization

/// What to ask newcomers about, chosen when somebody first wants to know, which takes up to some seconds on large files, and then kept.
final class NewcomerQuestions: Sendable {
    static let maximumCount = 100

    private let ratings: RatingMatrix
    private let chosen = Mutex<Questionnaire?>(nil)

    init(_ ratings: RatingMatrix) { self.ratings = ratings }

    /// In the order in which to ask.
    var items: [UInt32] {
        chosen.withLock { chosen in
            if let chosen { return chosen.items }
            let questionnaire = Questionnaire(ratings, count: Self.maximumCount)
            chosen = questionnaire
            return questionnaire.items
        }
    }
}
