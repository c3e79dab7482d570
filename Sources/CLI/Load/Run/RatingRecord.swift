import Foundation
import NIOCore
import ServiceRuntime

/// Writes down every rating that was sent and what was said to it, one JSON object a line, so that it can be checked afterwards that
/// nothing that was acknowledged is lost.
///
/// Used by one event loop only.
final class RatingRecord {
    private let file: FileHandle
    private var buffer = ""
    /// What the event loop's clock and the calendar said at the same moment.
    private let origin = (NIODeadline.now(), Timestamp.now)

    /// - Throws: when the file cannot be made; one that is there is replaced.
    init(path: String) throws(CommandFailure) {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw CommandFailure(
                .failure, "\(path.onOneLine) cannot be written: \(String(cString: strerror(errno)))",
                advice: "Name another file with --record.")
        }
        self.file = file
    }

    /// - Parameter status: nil when there was no answer, so that the rating may have been taken or not.
    func write(_ draft: LoadDraft, status: Int?, job: String?, version: String?, due: NIODeadline) {
        guard let user = draft.user else { return }
        let moment = origin.1 + .nanoseconds((due - origin.0).nanoseconds)
        for (item, rating) in draft.ratings {
            buffer += "{\"due\":\"\(moment.iso8601)\",\"status\":\(status.map(String.init) ?? "null"),\"job\":"
            buffer += (job?.jsonLiteral ?? "null") + ",\"version\":" + (version?.jsonLiteral ?? "null")
            buffer += ",\"user\":\(user.jsonLiteral),\"item\":\(item.jsonLiteral),\"rating\":\(rating)}\n"
        }
        if buffer.utf8.count > 1 << 16 { flush() }
    }

    /// A disk that is full costs lines of the log, not the run.
    func flush() {
        try? file.write(contentsOf: Data(buffer.utf8))
        buffer = ""
    }
}
