/// What a section is written from: an array as it lies in memory.
enum RatingsFileContent {
    case bytes([UInt8])
    /// Signed 32-bit numbers.
    case years([Int32])
    case indices([UInt32])
    /// Not negative; 64 bits each.
    case starts([Int])
    case scores([Float])

    func withBytes<Result, Failure>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        switch self {
        case .bytes(let elements): try body(elements.span.bytes)
        case .years(let elements): try body(elements.span.bytes)
        case .indices(let elements): try body(elements.span.bytes)
        case .starts(let elements): try body(elements.span.bytes)
        case .scores(let elements): try body(elements.span.bytes)
        }
    }
}
