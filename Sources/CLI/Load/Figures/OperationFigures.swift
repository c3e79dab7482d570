/// What became of the requests of one operation.
struct OperationFigures: Sendable {
    /// From the moment a request was due to its answer, of those that were answered as a frontend expects.
    var answered = LatencyHistogram()
    /// The same of all others: a refusal that comes fast must not make the service look fast.
    var failed = LatencyHistogram()
    var good: [AnswerKind: Int] = [:]
    var errors: [AnswerKind: Int] = [:]

    var count: Int { answered.count + failed.count }

    mutating func record(_ kind: AnswerKind, isGood: Bool, nanoseconds: Int64) {
        if isGood {
            answered.record(nanoseconds: nanoseconds)
            good[kind, default: 0] += 1
        } else {
            failed.record(nanoseconds: nanoseconds)
            errors[kind, default: 0] += 1
        }
    }

    mutating func add(_ other: OperationFigures) {
        answered.add(other.answered)
        failed.add(other.failed)
        good.merge(other.good, uniquingKeysWith: +)
        errors.merge(other.errors, uniquingKeysWith: +)
    }

    func errors(withStatus status: Int) -> Int { errors.reduce(0) { $0 + ($1.key.isStatus(status) ? $1.value : 0) } }
}
