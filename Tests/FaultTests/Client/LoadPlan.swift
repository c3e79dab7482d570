/// How much is asked for, and how patiently.
struct LoadPlan: Sendable {
    /// Stands before the names of the users.
    var name = "fault"
    var clientCount = 16
    var usersPerClient = 3
    var itemsPerUser = 6
    /// How many operations; nil for as many as there is time for.
    var operationCount: Int?
    /// A second, over all clients; nil for as fast as they are answered.
    var rate: Double?
    /// The share of operations that ask for recommendations.
    var recommendationShare = 0.0
    /// How long an operation is tried again; zero for one request only.
    var patience = Duration.seconds(60)
    /// For one request.
    var timeout = Duration.seconds(10)
    /// Whether each request goes to the next gateway, rather than to the same until it fails.
    var alternatesGateways = false
}
