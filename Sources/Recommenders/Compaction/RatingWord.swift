/// What a user said of an item, as a compaction sorts it: by user, item and version, so that the last of a user and item is the one that holds.
struct RatingWord: BitwiseCopyable, Comparable, Sendable {
    let user: UInt32
    let item: UInt32
    let clock: UInt64
    let origin: UInt32
    /// 0 when the item is not rated after it.
    let code: UInt8

    /// Seconds since 1970, as ratings files have them.
    var time: UInt32 { Self.time(clock: clock, origin: origin) }

    static func time(clock: UInt64, origin: UInt32) -> UInt32 {
        UInt32(clamping: RatingVersion(clock: clock, origin: origin).milliseconds / 1000)
    }

    private var pair: UInt64 { UInt64(user) << 32 | UInt64(item) }

    static func < (left: RatingWord, right: RatingWord) -> Bool {
        if left.pair != right.pair { return left.pair < right.pair }
        return left.clock != right.clock ? left.clock < right.clock : left.origin < right.origin
    }
}

extension RatingWord {
    init(_ update: RatingUpdate, user: UInt32, item: UInt32, on scale: RatingScale) {
        // A value that is no place on the scale hides the rating before it, as it does from the profile that a list is made for.
        let code = update.rating.flatMap { scale.code(for: $0) } ?? 0
        self.init(user: user, item: item, clock: update.version.clock, origin: update.version.origin, code: code)
    }
}

/// How a column changes: by item, then user.
struct ColumnChange: BitwiseCopyable, Comparable, Sendable {
    let item: UInt32
    let user: UInt32
    /// 0 when the rating goes.
    let code: UInt8

    static func < (left: ColumnChange, right: ColumnChange) -> Bool {
        left.item != right.item ? left.item < right.item : left.user < right.user
    }
}
