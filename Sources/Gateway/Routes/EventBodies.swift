import Experiments
import Recommenders
import ServiceRuntime

/// `{"events": [{"type": "click", "item": "1"}, {"type": "dwell", "item": "1", "seconds": 40}]}`
struct EventsBody {
    static let counts = 1...100
    static let seconds = 1...3600

    /// What users do that is no rating.
    enum EventType: String, CaseIterable {
        case click, like, dislike, dwell

        var outcome: Outcome {
            switch self {
            case .click: .clicks
            case .like: .likes
            case .dislike: .dislikes
            case .dwell: .dwell
            }
        }
    }

    let outcomes: [ObservedOutcome]

    init(reading value: JSONValue, shelf: ItemShelf, at moment: Timestamp) throws(Problem) {
        let fields = try JSONFields(value, known: ["events"])
        let elements = try fields.required("events", as: .array)
        let pointer = fields.pointer(to: "events")
        guard Self.counts.contains(elements.count) else {
            throw .invalidValue("1 to 100 events are expected, found \(elements.count)", at: pointer)
        }
        var outcomes: [ObservedOutcome] = []
        for (place, element) in elements.enumerated() {
            let fields = try JSONFields(element, at: "\(pointer)/\(place)", known: ["type", "item", "seconds"])
            _ = try fields.required("type", as: .string)
            guard let type: EventType = try fields.choice("type") else { continue }
            let item = try fields.item("item", on: shelf)
            var amount = 1
            if type == .dwell {
                _ = try fields.required("seconds", as: .integer)
                amount = try fields.integer("seconds", in: Self.seconds) ?? 1
            } else if try fields.optional("seconds", as: .integer) != nil {
                throw .invalidValue("only dwell has seconds", at: fields.pointer(to: "seconds"))
            }
            outcomes.append(ObservedOutcome(type.outcome, item, amount: amount, at: moment))
        }
        self.outcomes = outcomes
    }
}
