/// The keys of log metadata; messages are constant sentences, and everything that varies is under one of these.
package enum LogKey {
    package static let jobID = "job.id"
    package static let jobKind = "job.kind"
    package static let jobAttempt = "job.attempt"
    package static let userID = "user.id"
    package static let error = "error"
    package static let host = "server.host"
    package static let port = "server.port"
    package static let queue = "rabbitmq.queue"
    package static let delay = "retry.delay"
    package static let count = "count"
    package static let algorithm = "recommender.algorithm"
    package static let algorithms = "recommender.algorithms"
    package static let path = "file.path"
    package static let duration = "duration.ms"
    package static let route = "http.route"
    package static let status = "http.status"
}
