import Recommenders

/// Whether and how a worker learns from what others said since the ratings file was made.
struct LivePolicy: Sendable {
    var isOn = true
    var limits = LiveLimits()
    /// How long new files wait at most to be served, until what the old ones have learnt has been learnt again.
    var patience = Duration.seconds(60)
    /// At most so many ratings are learnt in a second, so that catching up leaves the cores to the jobs.
    var pace = 20_000
    /// How long the log may be out of reach before somebody is told.
    var grace = Duration.seconds(5)
}
