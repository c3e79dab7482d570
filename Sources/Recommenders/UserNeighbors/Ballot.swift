/// Where one voter's votes go.
struct Ballot {
    /// By code.
    let votes: UnsafeBufferPointer<Double>
    /// See `ProfilePlaces`.
    let marks: UnsafeBufferPointer<UInt32>
    /// By place in the profile.
    let weights: UnsafeBufferPointer<Double>
    /// By item.
    let scores: UnsafeMutableBufferPointer<Double>
    let shared: UnsafeMutableBufferPointer<SharedRatings.Rating>
    /// How many of the items voted on are shared with the profile.
    private(set) var sharedCount = 0
    /// What the succession makes of the shared items so far.
    private var closeness = 0.0

    init(
        votes: UnsafeBufferPointer<Double>, marks: UnsafeBufferPointer<UInt32>, weights: UnsafeBufferPointer<Double>,
        scores: UnsafeMutableBufferPointer<Double>, shared: UnsafeMutableBufferPointer<SharedRatings.Rating>
    ) {
        self.votes = votes
        self.marks = marks
        self.weights = weights
        self.scores = scores
        self.shared = shared
    }

    /// Adds the votes as they are.
    mutating func cast(_ items: UnsafeBufferPointer<UInt32>, _ codes: UnsafeBufferPointer<UInt8>) {
        var count = sharedCount
        for place in items.indices {
            let item = Int(items[place])
            let code = codes[place]
            scores[item] += votes[Int(code)]
            let mark = Int(marks[item])
            if mark != 0 {
                shared[count] = SharedRatings.rating(place: mark - 1, code: code)
                count += 1
            }
        }
        sharedCount = count
    }

    /// The same for one rating.
    mutating func cast(_ item: UInt32, _ code: UInt8) {
        scores[Int(item)] += votes[Int(code)]
        let mark = Int(marks[Int(item)])
        if mark != 0 { share(mark, code) }
    }

    /// Adds the votes of those at `order` as the succession has them, which goes on from where it was.
    ///
    /// - Parameter decay: what is left of the closeness one rating later.
    mutating func cast(
        _ items: UnsafeBufferPointer<UInt32>, _ codes: UnsafeBufferPointer<UInt8>,
        inOrder order: UnsafeBufferPointer<some FixedWidthInteger & UnsignedInteger>, boost: Double, decay: Double
    ) {
        var closeness = closeness
        var count = sharedCount
        for start in stride(from: 0, to: order.count, by: 512) {
            // So little changes no sum, while multiplying numbers that are still smaller takes the processor a hundred times as long.
            if closeness < 1e-60 { closeness = 0 }
            for number in start..<min(start + 512, order.count) {
                let place = TimeOrder.place(order[number])
                let item = Int(items[place])
                let code = codes[place]
                scores[item] += votes[Int(code)] * (1 + boost * closeness)
                let mark = Int(marks[item])
                if mark != 0 {
                    closeness += weights[mark - 1]
                    shared[count] = SharedRatings.rating(place: mark - 1, code: code)
                    count += 1
                }
                closeness *= decay
            }
        }
        self.closeness = closeness
        sharedCount = count
    }

    /// The same for one rating, the next in order.
    mutating func cast(_ item: UInt32, _ code: UInt8, boost: Double, decay: Double) {
        scores[Int(item)] += votes[Int(code)] * (1 + boost * closeness)
        let mark = Int(marks[Int(item)])
        if mark != 0 {
            closeness += weights[mark - 1]
            share(mark, code)
        }
        closeness *= decay
    }

    private mutating func share(_ mark: Int, _ code: UInt8) {
        shared[sharedCount] = SharedRatings.rating(place: mark - 1, code: code)
        sharedCount += 1
    }
}
