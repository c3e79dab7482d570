/// Makes a rating matrix of the ratings of a file, on all cores.
///
/// The rows come from a radix sort: the ratings are dealt out to buckets of users, in the file's order, and each bucket is then sorted
/// by item and user where it lies. 13 bytes for each rating, beside those of the chunks, which are given back as they are dealt out.
struct RatingMatrixBuilder: Sendable {
    let userCount: Int
    let itemCount: Int
    var threads = Parallel.coreCount
    /// So many ratings and what is needed to sort them fit into a core's own cache.
    var bucketSize = 1 << 16

    /// Of several ratings of one item by one user the one with the latest time holds, of equal times the one that comes last.
    ///
    /// - Parameter chunks: with dense numbers of users and items; empty afterwards.
    /// - Precondition: fewer than 2³² ratings.
    func matrix(of chunks: inout [RatingChunk]) -> (ratings: RatingMatrix, duplicates: Int) {
        let rows = deal(&chunks)
        let keptOfUser = FlatArray<UInt32>(count: userCount) { kept in
            nonisolated(unsafe) let kept = kept
            Parallel.forEach(rows.bucketCount, threads: threads) { bucket in
                RatingBucketSort(rows, bucket: bucket, itemCount: itemCount).run(kept: kept)
            }
        }
        rows.forgetUsers()
        var rowStarts = [0]
        rowStarts.reserveCapacity(userCount + 1)
        for kept in keptOfUser { rowStarts.append(rowStarts[rowStarts.count - 1] + Int(kept)) }
        let count = rowStarts[userCount]
        if count < rows.count {
            let ends = rows.bucketUsers.map { rowStarts[$0] }
            rows.close(gapsBehind: zip(ends, ends.dropFirst()).map { $1 - $0 })
        }
        let matrix = RatingMatrix(
            itemCount: itemCount, rowStarts: FlatArray(rowStarts),
            items: FlatArray(UnsafeBufferPointer(rows.items), heldBy: rows).part(0..<count),
            rowCodes: FlatArray(UnsafeBufferPointer(rows.codes), heldBy: rows).part(0..<count),
            rowTimes: FlatArray(UnsafeBufferPointer(rows.times), heldBy: rows).part(0..<count), threads: threads)
        return (matrix, rows.count - count)
    }

    /// The ratings by bucket, within each in the order of the chunks.
    private func deal(_ chunks: inout [RatingChunk]) -> RatingRows {
        let rows = RatingRows(counts: userCounts(chunks), bucketSize: bucketSize)
        let bucketOfUser = rows.bucketOfUser
        let places = placesOfChunks(chunks, rows, bucketOfUser)
        nonisolated(unsafe) var rest = chunks.map(Optional.some)
        chunks = []
        rest.withUnsafeMutableBufferPointer { rest in
            nonisolated(unsafe) let rest = rest
            Parallel.forEach(rest.count, threads: threads) { number in
                guard let chunk = rest[number] else { return }
                var next = places[number]
                Self.deal(chunk, to: rows, bucketOfUser, &next)
                rest[number] = nil
            }
        }
        return rows
    }

    /// By user, the number of ratings.
    private func userCounts(_ chunks: [RatingChunk]) -> [UInt32] {
        let partial = Parallel.map(threads, threads: threads) { stripe in
            var counts = [UInt32](repeating: 0, count: userCount)
            counts.withUnsafeMutableBufferPointer { counts in
                for chunk in stride(from: stripe, to: chunks.count, by: threads).map({ chunks[$0] }) {
                    for place in 0..<chunk.count { counts[Int(chunk.users[place])] += 1 }
                }
            }
            return counts
        }
        var counts = partial[0]
        for other in partial.dropFirst() {
            for user in counts.indices { counts[user] += other[user] }
        }
        return counts
    }

    /// By chunk and bucket, where the chunk's first rating of the bucket belongs.
    private func placesOfChunks(_ chunks: [RatingChunk], _ rows: RatingRows, _ bucketOfUser: [UInt32]) -> [[Int]] {
        var places = Parallel.map(chunks.count, threads: threads) { number in
            let chunk = chunks[number]
            var counts = [Int](repeating: 0, count: rows.bucketCount)
            bucketOfUser.withUnsafeBufferPointer { buckets in
                counts.withUnsafeMutableBufferPointer { counts in
                    for place in 0..<chunk.count { counts[Int(buckets[Int(chunk.users[place])])] += 1 }
                }
            }
            return counts
        }
        for bucket in 0..<rows.bucketCount {
            var next = rows.places(ofBucket: bucket).lowerBound
            for chunk in places.indices {
                let count = places[chunk][bucket]
                places[chunk][bucket] = next
                next += count
            }
        }
        return places
    }

    private static func deal(_ chunk: RatingChunk, to rows: RatingRows, _ bucketOfUser: [UInt32], _ next: inout [Int]) {
        let (users, items, codes, times) = (rows.users, rows.items, rows.codes, rows.times)
        next.withUnsafeMutableBufferPointer { next in
            bucketOfUser.withUnsafeBufferPointer { buckets in
                for place in 0..<chunk.count {
                    let user = chunk.users[place]
                    let bucket = Int(buckets[Int(user)])
                    let target = next[bucket]
                    next[bucket] = target + 1
                    users[target] = user
                    items[target] = chunk.items[place]
                    codes[target] = chunk.codes[place]
                    times[target] = chunk.times[place]
                }
            }
        }
    }
}
