/// How a run stands.
struct LoadSnapshot: Sendable {
    var elapsed = 0.0
    var isWarmingUp = false
    var isDraining = false
    /// Of all that was due so far, warming up included.
    var sent = 0
    var answered = 0
    var inFlight = 0
    var following = 0
    var errors = 0
    var refusals429 = 0
    var refusals503 = 0
    /// Milliseconds.
    var p50 = 0.0
    var p99 = 0.0
}
