import ServiceRuntime

/// One thing that was looked at.
struct Check: Equatable {
    enum Status: String {
        case ok, warn, fail
    }

    let name: String
    let status: Status
    let detail: String
    /// What to do; nil when all is well.
    let advice: String?

    static func ok(_ name: String, _ detail: String) -> Check {
        Check(name: name, status: .ok, detail: detail, advice: nil)
    }

    static func warn(_ name: String, _ detail: String, advice: String) -> Check {
        Check(name: name, status: .warn, detail: detail, advice: advice)
    }

    static func fail(_ name: String, _ detail: String, advice: String) -> Check {
        Check(name: name, status: .fail, detail: detail, advice: advice)
    }

    static func fail(_ name: String, _ error: ConfigurationError) -> Check {
        .fail(name, "\(error.variable) \(error.problem)", advice: error.advice)
    }
}
