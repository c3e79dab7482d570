/// The rows of a rating matrix in the making: memory for every rating, in which first the ratings of some users lie together and then
/// each user's in the order of the items.
///
/// Users are dealt out to *buckets*, stretches of users with as many ratings as the processor's cache holds, so that no step jumps
/// about in more memory than that.
final class RatingRows: @unchecked Sendable {  // its makers write to places of their own
    let userCount: Int
    let count: Int
    let items: UnsafeMutableBufferPointer<UInt32>
    let codes: UnsafeMutableBufferPointer<UInt8>
    let times: UnsafeMutableBufferPointer<UInt32>
    /// Whose rating it is; only until the rows are in order.
    private(set) var users: UnsafeMutableBufferPointer<UInt32>
    /// Where each user's ratings start, and behind them the end of the last.
    let starts: [Int]
    /// Where each bucket's users start, and behind them their number.
    let bucketUsers: [Int]

    /// - Parameters:
    ///   - counts: by user, the number of ratings.
    ///   - bucketSize: ratings that a bucket holds at most, unless one user alone has more.
    init(counts: [UInt32], bucketSize: Int) {
        var starts = [0]
        starts.reserveCapacity(counts.count + 1)
        var bucketUsers = [0]
        var bucketStart = 0
        for (user, count) in counts.enumerated() {
            let start = starts[user]
            if start + Int(count) - bucketStart > bucketSize, start > bucketStart {
                bucketUsers.append(user)
                bucketStart = start
            }
            starts.append(start + Int(count))
        }
        bucketUsers.append(counts.count)
        self.starts = starts
        self.bucketUsers = bucketUsers
        userCount = counts.count
        count = starts[counts.count]
        items = .allocate(capacity: count)
        codes = .allocate(capacity: count)
        times = .allocate(capacity: count)
        users = .allocate(capacity: count)
    }

    deinit {
        items.deallocate()
        codes.deallocate()
        times.deallocate()
        users.deallocate()
    }

    func forgetUsers() {
        users.deallocate()
        users = .init(start: nil, count: 0)
    }

    var bucketCount: Int { bucketUsers.count - 1 }

    var bucketOfUser: [UInt32] {
        (0..<bucketCount).flatMap { repeatElement(UInt32($0), count: bucketUsers[$0 + 1] - bucketUsers[$0]) }
    }

    /// Where the ratings of the bucket's users are.
    func places(ofBucket bucket: Int) -> Range<Int> { starts[bucketUsers[bucket]]..<starts[bucketUsers[bucket + 1]] }

    /// Moves the first `kept[b]` ratings of each bucket to the front of all, in the order of the buckets.
    func close(gapsBehind kept: [Int]) {
        var end = 0
        for (bucket, count) in kept.enumerated() {
            let start = places(ofBucket: bucket).lowerBound
            if start != end && count > 0 {
                (items.baseAddress! + end).update(from: items.baseAddress! + start, count: count)
                (codes.baseAddress! + end).update(from: codes.baseAddress! + start, count: count)
                (times.baseAddress! + end).update(from: times.baseAddress! + start, count: count)
            }
            end += count
        }
    }
}
