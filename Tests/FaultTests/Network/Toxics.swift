/// What a `ToxicProxy` does to the bytes of one direction. The names are those of Toxiproxy, which had the idea.
struct Toxics: Sendable, Equatable {
    /// Each byte arrives that much later, without holding up those behind it.
    var latency = Duration.zero
    /// Up to that much more, at random; the order stays.
    var jitter = Duration.zero
    /// Bytes a second; nil for as many as there are.
    var bandwidth: Int?
    /// The largest piece, in bytes, that is written at once.
    var slice: Int?
    /// Nothing passes, and nobody is told.
    var isBlackHole = false
    /// What happens to the connection that carries this many bytes more, counted over all connections since the toxics were set.
    var limit: Limit?
    /// How long an end is kept from the other side.
    var slowClose = Duration.zero

    struct Limit: Sendable, Equatable {
        var byteCount: Int
        var ending: Ending
    }

    enum Ending: Sendable, Equatable {
        /// As `reset_peer`: both sides get a TCP reset.
        case reset
        /// As `limit_data`: both sides see an orderly end in the midst of a frame.
        case close
    }
}
