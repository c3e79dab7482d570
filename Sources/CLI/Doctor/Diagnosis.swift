/// All that was looked at.
struct Diagnosis {
    let checks: [Check]

    /// Whether nothing fails; warnings do not count.
    var isSound: Bool { !checks.contains { $0.status == .fail } }

    var text: String {
        let width = checks.map(\.name.count).max() ?? 0
        return checks.map { check in
            let status = check.status.rawValue + String(repeating: " ", count: 4 - check.status.rawValue.count)
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            let indent = "\n" + String(repeating: " ", count: width + 8)
            return "\(status)  \(name)  \(check.detail.onOneLine)" + (check.advice.map { indent + $0.onOneLine } ?? "")
        }.joined(separator: "\n")
    }

    var json: JSON {
        [
            "ok": .bool(isSound),
            "checks": .array(
                checks.map { check in
                    [
                        "name": .string(check.name), "status": .string(check.status.rawValue), "detail": .string(check.detail),
                        "advice": .optional(check.advice),
                    ]
                }),
        ]
    }
}
