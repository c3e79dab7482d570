import Logging

/// All that a record says besides its message: the logger's metadata, the provider's, the call's and the error, each over the one
/// before, with the keys of dictionaries joined by dots.
struct LogFields {
    /// Sorted by key; no key occurs twice.
    let sorted: [(key: String, value: Logger.MetadataValue)]

    /// - Parameter reserved: keys that the record itself has; metadata of that name is shown as `metadata.` and the name.
    init(
        _ event: LogEvent, base: Logger.Metadata, provider: Logger.MetadataProvider?, reserved: Set<String> = []
    ) {
        var fields: Logger.Metadata = [:]
        func add(_ metadata: Logger.Metadata) {
            for (key, value) in metadata { Self.flatten(value, key: key, reserved: reserved, into: &fields) }
        }
        add(base)
        if let provider { add(provider.get()) }
        if let metadata = event.metadata { add(metadata) }
        if let error = event.error {
            fields[LogKey.error] = "\(error)"
            fields[LogKey.error + ".type"] = "\(String(reflecting: type(of: error)))"
        }
        sorted = fields.sorted { $0.key < $1.key }
    }

    private static func flatten(
        _ value: Logger.MetadataValue, key: String, reserved: Set<String>, into fields: inout Logger.Metadata
    ) {
        if case .dictionary(let members) = value, !members.isEmpty {
            // In order, so that of two ways to spell one key always the same one wins.
            for (member, value) in members.sorted(by: { $0.key < $1.key }) {
                flatten(value, key: "\(key).\(member)", reserved: reserved, into: &fields)
            }
        } else {
            fields[reserved.contains(key) ? "metadata.\(key)" : key] = value
        }
    }
}
