/// The numbers at the beginning of a ratings file's first section.
struct RatingsFileProperties: BitwiseCopyable {
    static let byteCount = 64

    let minimum: Double
    let maximum: Double
    let step: Double
    let userCount: UInt64
    let itemCount: UInt64
    let ratingCount: UInt64
    /// 1 if `logOffset` counts, else 0.
    let hasLogOffset: UInt64
    let logOffset: Int64

    init(_ dataset: Dataset, logOffset: Int64?) {
        minimum = dataset.scale.minimum
        maximum = dataset.scale.maximum
        step = dataset.scale.step
        userCount = UInt64(dataset.ratings.userCount)
        itemCount = UInt64(dataset.ratings.itemCount)
        ratingCount = UInt64(dataset.ratings.ratingCount)
        hasLogOffset = logOffset == nil ? 0 : 1
        self.logOffset = logOffset ?? 0
    }

    /// - Precondition: at least `byteCount` bytes.
    init(reading bytes: RawSpan) {
        self = bytes.unsafeLoadUnaligned(as: Self.self)
    }
}
