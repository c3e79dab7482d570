import Recommenders
import ServiceRuntime

/// One line of `kindred data list`.
struct GenerationView {
    let number: Int
    let isCurrent: Bool
    /// The first with the same files, if it is not this one.
    let origin: Int?
    /// nil when the ratings file cannot be used.
    let dataset: Dataset?
    let writtenAt: Timestamp?

    private var moment: String? { writtenAt?.iso8601 }

    private var note: String {
        [isCurrent ? "current" : nil, origin.map { "as \($0)" }, dataset == nil ? "damaged" : nil].compactMap { $0 }
            .joined(separator: ", ")
    }

    var json: JSON {
        [
            "generation": .integer(number), "isCurrent": .bool(isCurrent), "sameAs": .optional(origin),
            "writtenAt": .optional(moment),
            "isSound": .bool(dataset != nil), "users": .optional(dataset?.users.count), "items": .optional(dataset?.items.count),
            "ratings": .optional(dataset?.ratings.ratingCount), "logOffset": .optional(dataset?.logOffset.map { Int($0) }),
        ]
    }

    static func text(of views: [GenerationView], in folder: String) -> String {
        guard !views.isEmpty else {
            return "There are no generations in \(folder.onOneLine). Make one with: kindred import FOLDER"
        }
        var table = Table(columns: [
            .init(title: "generation", isRightAligned: true), .init(title: "ratings", isRightAligned: true),
            .init(title: "users", isRightAligned: true), .init(title: "log offset", isRightAligned: true),
            .init(title: "written"), .init(title: ""),
        ])
        for view in views {
            table.add([
                "\(view.number)", view.dataset?.ratings.ratingCount.grouped ?? "", view.dataset?.users.count.grouped ?? "",
                view.dataset?.logOffset?.description ?? "", view.moment ?? "", view.note,
            ])
        }
        return table.text
    }
}
