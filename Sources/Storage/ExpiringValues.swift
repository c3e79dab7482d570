import ServiceRuntime

/// Values by key, each gone at its own moment.
struct ExpiringValues<Value> {
    private var entries: [String: (value: Value, end: Timestamp)] = [:]
    private var sizeOfNextSweep = 1024

    func value(of key: String, at now: Timestamp) -> Value? {
        entries[key].flatMap { $0.end > now ? $0.value : nil }
    }

    /// - Complexity: amortised O(1); what has expired is swept out whenever the number of entries has doubled.
    mutating func set(_ value: Value, for key: String, until end: Timestamp, now: Timestamp) {
        entries[key] = (value, end)
        guard entries.count >= sizeOfNextSweep else { return }
        entries = entries.filter { $0.value.end > now }
        sizeOfNextSweep = max(1024, entries.count * 2)
    }

    mutating func remove(_ key: String) { entries[key] = nil }

    /// Changes the value of `key`, if there is one. It is gone when it would have been gone.
    mutating func update(_ key: String, _ change: (inout Value) -> Void) {
        guard var entry = entries[key] else { return }
        change(&entry.value)
        entries[key] = entry
    }
}
