import Experiments
import Jobs
import Recommenders
import Storage

/// A list as JSON, with titles and genres from the catalogue.
struct RecommendationListView: JSONRepresentable {
    let stored: StoredList
    let shelf: ItemShelf

    func write(to json: inout JSONWriter) {
        let list = stored.list
        json.object { json in
            json.field("algorithm", list.algorithm.rawValue)
            json.field("similarity", list.similarity?.rawValue)
            json.field("fallback", list.fallback?.rawValue)
            json.field("neighbours", list.neighbours)
            json.field("ratingsVersion", list.ratingsVersion?.description)
            json.field("generatedAt", stored.generatedAt)
            json.key("experiments")
            json.array { json in
                for assignment in stored.experiments {
                    json.object { json in
                        json.field("experiment", assignment.experiment)
                        json.field("variant", assignment.variant)
                    }
                }
            }
            json.key("items")
            json.array { json in
                for (place, item) in list.items.enumerated() { write(item, rank: place + 1, to: &json) }
            }
        }
    }

    private func write(_ recommendation: Recommendation, rank: Int, to json: inout JSONWriter) {
        json.object { json in
            json.field("rank", rank)
            json.key("item")
            shelf.writeSummary(of: recommendation.item, &json)
            json.field("score", recommendation.score)
            json.field("predictedRating", recommendation.predictedRating)
            json.field("matchPercent", recommendation.matchPercent)
            json.key("because")
            json.array { json in
                for reason in recommendation.because {
                    json.object { json in
                        json.key("item")
                        shelf.writeReference(to: reason.item, &json)
                        json.field("rating", reason.rating)
                    }
                }
            }
        }
    }
}
