extension RatingMatrix {
    /// Whether the time of any rating is known.
    package var hasTimes: Bool { rowTimes.withUnsafeBufferPointer { $0.contains { $0 != 0 } } }

    /// How many items have a rating.
    package var ratedItemCount: Int { (0..<itemCount).count { !column($0).isEmpty } }
}
