/// What answers are told apart by: the status and the code of the problem, or why there is no answer.
enum AnswerKind: Hashable, Sendable, Comparable, CustomStringConvertible {
    case status(Int, code: String?)
    case failure(LoadFailure)

    var description: String {
        switch self {
        case .status(let status, let code): code.map { "\(status) \($0.onOneLine)" } ?? "\(status)"
        case .failure(let failure): failure.rawValue
        }
    }

    func isStatus(_ other: Int) -> Bool {
        if case .status(other, _) = self { true } else { false }
    }

    static func < (left: AnswerKind, right: AnswerKind) -> Bool { left.description < right.description }
}
