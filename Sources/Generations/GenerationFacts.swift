import Recommenders
package import ServiceRuntime

/// What a process remembers of the files that it serves from, to judge those that come.
package struct GenerationFacts: Sendable {
    /// nil for files that are replaced one by one.
    package let number: Int?
    /// When the ratings file was written.
    package let writtenAt: Timestamp
    /// Where in the log those ratings begin that are not in the file; nil where that is not known.
    package let logOffset: Int64?
    let identity: FilesIdentity
    private let scale: RatingScale
    private let algorithms: [Algorithm]
    private let hasSimilarItems: Bool

    init(_ files: DataFiles, number: Int?, identity: FilesIdentity) {
        self.number = number
        self.identity = identity
        writtenAt = Timestamp(milliseconds: identity.writtenAt ?? 0)
        logOffset = files.dataset.logOffset
        scale = files.dataset.scale
        algorithms = files.library.algorithms
        hasSimilarItems = files.similarItems != nil
    }

    /// Whether `self` may follow `old` while jobs are under way.
    ///
    /// Less is asked when a process starts, as then somebody looks.
    func check(after old: GenerationFacts, unusable: [(name: String, error: StoredFileError)]) throws(GenerationRefusal) {
        if let number, let oldNumber = old.number, number < oldNumber {
            throw GenerationRefusal(.older, "generation \(number) is older than \(oldNumber), which is served")
        }
        let isNewer = number ?? 0 > old.number ?? 0
        if !isNewer, let logOffset, let oldOffset = old.logOffset, logOffset < oldOffset {
            throw GenerationRefusal(
                .older, "the ratings file ends at \(logOffset) of the log, the one that is served at \(oldOffset)")
        }
        guard scale == old.scale else {
            throw GenerationRefusal(.incompatible, "the ratings file has another scale, which live ratings are not on")
        }
        if let first = unusable.first {
            throw GenerationRefusal(.unusableModel, "\(first.name): \(first.error.message)")
        }
        if let missing = old.algorithms.first(where: { !algorithms.contains($0) }) {
            throw GenerationRefusal(.unusableModel, "there is no model of \(missing.rawValue), which is offered now")
        }
        if old.hasSimilarItems, !hasSimilarItems {
            throw GenerationRefusal(.unusableModel, "there is no table of similar items, which is shown now")
        }
    }
}

/// Why new files are not served.
struct GenerationRefusal: Error, Equatable, CustomStringConvertible {
    enum Reason: String, CaseIterable {
        /// The ratings file cannot be opened, or something in it cannot be.
        case damaged
        case older
        /// Of another scale, or nothing can be served from it.
        case incompatible
        case unusableModel
    }

    let reason: Reason
    let message: String

    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    var description: String { message }
}
