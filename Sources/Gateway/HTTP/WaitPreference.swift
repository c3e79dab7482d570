import Hummingbird

/// `Prefer: wait=10` (RFC 7240): how long a client would rather wait than be told to come back.
struct WaitPreference: Equatable {
    static let maximum = 30

    let seconds: Int

    /// nil when the request does not ask for it. More than the maximum is the maximum; what cannot be read is left aside, as the RFC
    /// has it.
    init?(of request: Request) {
        for header in request.headers[values: .prefer] {
            for preference in header.split(separator: ",") {
                let pair = preference.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, pair[0].trimmingSpace.lowercased() == "wait" else { continue }
                let digits = pair[1].trimmingSpace.filter { $0 != "\"" }
                guard !digits.isEmpty, digits.allSatisfy({ "0"..."9" ~= $0 }) else { return nil }
                let seconds = min(Int(digits) ?? .max, Self.maximum)  // more digits than an Int has are more than the maximum
                guard seconds > 0 else { return nil }
                self.seconds = seconds
                return
            }
        }
        return nil
    }

    var duration: Duration { .seconds(seconds) }

    /// What the answer says of it.
    var applied: String { "wait=\(seconds)" }
}
