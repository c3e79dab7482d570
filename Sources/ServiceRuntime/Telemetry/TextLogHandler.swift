package import Logging

/// Writes each record as one short line for people: the time of day (UTC), the level, the logger, the message, the metadata.
package struct TextLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let hasColours: Bool
    private let output: any LogOutput
    private let now: @Sendable () -> Timestamp

    init(
        label: String, level: Logger.Level, hasColours: Bool, output: any LogOutput = StandardErrorOutput.shared,
        provider: Logger.MetadataProvider? = nil, now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        self.label = label
        self.logLevel = level
        self.hasColours = hasColours
        self.output = output
        self.metadataProvider = provider
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line = painted(String(now().iso8601.dropFirst(11)), .faint)
        line += " " + painted(Self.name(of: event.level), .of(event.level))
        line += " " + painted(padded(visible(label), to: 18), .faint)
        line += " " + visible(event.message.description)
        for (key, value) in LogFields(event, base: metadata, provider: metadataProvider).sorted {
            line += " " + painted(visible(key) + "=", .faint) + quoted(value.description)
        }
        output.write(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    /// Five characters, so that what follows stands in one column.
    private static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO "
        case .notice: "NOTE "
        case .warning: "WARN "
        case .error: "ERROR"
        case .critical: "FATAL"
        }
    }

    private func painted(_ text: String, _ colour: Colour?) -> String {
        guard hasColours, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// In quotes unless it is one plain word.
    private func quoted(_ text: String) -> String {
        let isWord = !text.isEmpty && text.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" }
        guard !isWord else { return visible(text) }
        return "\"" + visible(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")) + "\""
    }

    /// Without anything that starts a new line or that a terminal obeys.
    private func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.endsOrHidesLines) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": visible += "\\n"
            case "\r": visible += "\\r"
            case "\t": visible += "\\t"
            case _ where scalar.endsOrHidesLines: visible += "\\u\(scalar.fourDigits)"
            default: visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }
}

/// As a terminal's escape sequences number them.
private enum Colour: Int {
    case faint = 2
    case red = 31
    case yellow = 33
    case blue = 34

    static func of(_ level: Logger.Level) -> Colour? {
        switch level {
        case .trace, .debug: .faint
        case .info: nil
        case .notice: .blue
        case .warning: .yellow
        case .error, .critical: .red
        }
    }
}
