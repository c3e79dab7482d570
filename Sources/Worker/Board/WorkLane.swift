import Jobs
import Messaging

/// The lines in which work waits for a slot.
enum WorkLane: Int, Hashable, Sendable, CaseIterable {
    case ratings, interactive, batch, obituaries

    init(of delivery: JobDelivery) {
        self =
            if delivery.death != nil {
                .obituaries
            } else {
                switch (delivery.job.kind, delivery.job.lane) {
                case (.ratings, _): .ratings
                case (.recommendations, .interactive): .interactive
                case (.recommendations, .batch): .batch
                }
            }
    }
}

/// How many turns each lane gets of all turns, while all have work.
struct LaneWeights: Hashable, Sendable {
    var ratings = 4
    var interactive = 4
    var batch = 1

    subscript(lane: WorkLane) -> Int {
        switch lane {
        case .ratings: ratings
        case .interactive: interactive
        case .batch: batch
        case .obituaries: 1
        }
    }
}
