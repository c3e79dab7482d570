/// A user's newest word on an item.
struct LiveRating: Sendable {
    static let absent = UInt32.max

    let clock: UInt64
    let item: UInt32
    let origin: UInt32
    /// In the user's row of the file, counted from its first; `absent` where the file has no rating of the item.
    let place: UInt32
    /// 0 when the item is not rated after it.
    let code: UInt8
    /// What the file has; 0 for nothing.
    let fileCode: UInt8
    /// Whether it replaces what the file has, which it does unless that is later.
    let holds: Bool

    /// The rating after all; 0 for none.
    var currentCode: UInt8 { holds ? code : fileCode }

    /// Seconds since 1970.
    var time: UInt32 { RatingWord.time(clock: clock, origin: origin) }

    func isOlder(than word: RatingWord) -> Bool {
        clock != word.clock ? clock < word.clock : origin < word.origin
    }
}

/// A rating that differs from the file's, in an item's column.
struct LiveVote: BitwiseCopyable, Sendable {
    let user: UInt32
    /// 0 when there is no rating any more.
    let code: UInt8
    /// 0 where the file has none.
    let fileCode: UInt8
}

/// What one word changes.
struct LiveChange: BitwiseCopyable, Comparable, Sendable {
    let item: UInt32
    let user: UInt32
    /// 0 for no rating.
    let before: UInt8
    let after: UInt8
    /// What the item's column is to have. Of users who left it has what the file has, as nobody asks for it.
    let vote: UInt8
    let fileCode: UInt8

    static func < (left: LiveChange, right: LiveChange) -> Bool {
        left.item != right.item ? left.item < right.item : left.user < right.user
    }
}
