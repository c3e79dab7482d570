/// A rating as the store has it: 24 digits of version, then the value.
struct StoredRating: Equatable {
    let version: String
    let value: Double

    init(_ text: String) {
        version = String(text.prefix(24))
        value = Double(text.dropFirst(24)) ?? .nan
    }
}

/// What one client said of one item.
struct Said {
    let value: Double
    /// As the acknowledgement told; nil for what was not acknowledged.
    let version: String?

    struct Judgement {
        var isLost = false
        var isInverted = false
        var isUnexpected = false
        var note: String?
    }

    /// Whether `stored` is what the client may expect after saying `words`, one after another.
    ///
    /// That is the last acknowledged one, or something that was said later, or another try of the same.
    static func judge(_ words: [Said], _ stored: StoredRating?) -> Judgement {
        let last = words.lastIndex { $0.version != nil }
        guard let stored else {
            return last == nil ? Judgement() : Judgement(isLost: true, note: "\(words[last ?? 0]) is not there")
        }
        let open = words[(last ?? 0)...]
        guard let last, let version = words[last].version else {
            return words.contains { $0.value == stored.value }
                ? Judgement() : Judgement(isUnexpected: true, note: "\(stored) was never said")
        }
        if stored.version == version {
            return stored.value == words[last].value
                ? Judgement() : Judgement(isUnexpected: true, note: "\(stored) is not \(words[last])")
        }
        if stored.version < version { return Judgement(isLost: true, note: "\(stored) is older than \(words[last])") }
        if words[..<last].contains(where: { $0.version == stored.version }) {
            return Judgement(isInverted: true, note: "\(stored) was said before \(words[last])")
        }
        return open.contains { $0.value == stored.value }
            ? Judgement() : Judgement(isUnexpected: true, note: "\(stored) was not said after \(words[last])")
    }
}
