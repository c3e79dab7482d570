/// Collects ratings one by one, in any order, and makes a rating matrix of them.
struct RatingCollector {
    private let chunk: RatingChunk
    private let capacity: Int

    /// - Parameter capacity: how many ratings there may be; memory that is never touched is never given out.
    init(capacity: Int) {
        chunk = RatingChunk(capacity: capacity)
        self.capacity = capacity
    }

    var count: Int { chunk.count }

    /// - Parameter time: seconds since 1970.
    func add(user: UInt32, item: UInt32, code: UInt8, time: UInt32) {
        precondition(chunk.count < capacity, "more ratings than there may be")
        chunk.add(user: user, item: item, code: code, time: time)
    }

    /// See `RatingMatrixBuilder.matrix`. Nothing can be added afterwards.
    consuming func matrix(userCount: Int, itemCount: Int) -> (ratings: RatingMatrix, duplicates: Int) {
        var chunks = [chunk]
        return RatingMatrixBuilder(userCount: userCount, itemCount: itemCount).matrix(of: &chunks)
    }
}
