/// The numbers in a ratings file's first section.
struct RatingsFileProperties: BitwiseCopyable, Sendable {
    let minimum: Double
    let maximum: Double
    let step: Double
    let userCount: UInt64
    let itemCount: UInt64
    let ratingCount: UInt64
    /// 1 if `logOffset` counts, else 0.
    let hasLogOffset: UInt64
    let logOffset: Int64

    init(_ dataset: Dataset) {
        minimum = dataset.scale.minimum
        maximum = dataset.scale.maximum
        step = dataset.scale.step
        userCount = UInt64(dataset.ratings.userCount)
        itemCount = UInt64(dataset.ratings.itemCount)
        ratingCount = UInt64(dataset.ratings.ratingCount)
        hasLogOffset = dataset.logOffset == nil ? 0 : 1
        logOffset = dataset.logOffset ?? 0
    }
}
