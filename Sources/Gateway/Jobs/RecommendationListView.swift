import Experiments
import Jobs
import Recommenders
import Storage

/// A list as JSON, or a page of it, with titles and genres from the catalogue.
struct RecommendationListView: JSONRepresentable {
    let stored: StoredList
    let shelf: ItemShelf
    /// By which its pages can be read; nil where there are none.
    var id: JobID?
    /// Which of the items are shown; nil for all of them.
    var range: Range<Int>?
    /// nil where no page comes after.
    var nextPageToken: String?

    /// About how long it is, in bytes.
    var capacity: Int { 512 + 640 * (range?.count ?? stored.list.items.count) }

    func write(to json: inout JSONWriter) {
        let list = stored.list
        json.object { json in
            json.field("id", id?.rawValue)
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
            json.field("total", list.items.count)
            if let rows = list.rows { write(rows, to: &json) }
            json.key("items")
            json.array { json in
                for place in range ?? list.items.indices { write(list.items[place], rank: place + 1, to: &json) }
            }
            if let nextPageToken { json.field("nextPageToken", nextPageToken) }
        }
    }

    /// Which ranks are which row's.
    private func write(_ rows: [RecommendationRow], to json: inout JSONWriter) {
        json.key("rows")
        json.array { json in
            var firstRank = 1
            for row in rows {
                json.object { json in
                    json.field("genre", row.genre)
                    json.field("firstRank", firstRank)
                    json.field("count", row.count)
                }
                firstRank += row.count
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
            json.field("placement", recommendation.placement.rawValue)
            json.key("because")
            json.array { json in
                for reason in recommendation.because {
                    json.object { json in
                        json.key("item")
                        shelf.writeReference(to: reason.item, &json)
                        json.field("rating", reason.rating)
                        json.field("contribution", reason.contribution)
                    }
                }
            }
            json.key("scoreParts")
            write(recommendation.parts, to: &json)
        }
    }

    private func write(_ parts: ScoreParts?, to json: inout JSONWriter) {
        guard let parts else { return json.literal("null") }
        json.object { json in
            json.field("others", parts.others)
            json.field("base", parts.base)
            json.field("boost", parts.boost)
            if !parts.members.isEmpty { json.field("members", parts.members) }
        }
    }
}
