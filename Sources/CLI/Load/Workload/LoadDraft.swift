import NIOCore
import NIOHTTP1

/// A request that has been thought of, but not yet been sent.
struct LoadDraft {
    let operation: LoadOperation
    let method: HTTPMethod
    let path: String
    var body: ByteBuffer?
    /// What it says of items, if it rates any, to be written down.
    var ratings: [(item: String, rating: Double)] = []
    var user: String?
}
