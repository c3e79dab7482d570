import Hummingbird

/// Hummingbird exports the fields but not the type of their names.
typealias HeaderName = HTTPFields.Element.Name

/// The header fields that Hummingbird has no name for.
extension HeaderName {
    static let prefer = named("Prefer")
    static let preferenceApplied = named("Preference-Applied")
    static let lastEventID = named("Last-Event-ID")
    static let idempotencyKey = named("Idempotency-Key")
    static let xForwardedFor = named("X-Forwarded-For")
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")

    /// - Precondition: `name` consists of letters and hyphens.
    private static func named(_ name: String) -> HeaderName {
        guard let name = HeaderName(name) else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
