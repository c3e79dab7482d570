/// What one user said since the file was written.
struct LiveUser: Sendable {
    /// By ascending item.
    var ratings: [LiveRating] = []
    /// Of the user's squared opinions; 0 until `isTouched`.
    var squares: Int64 = 0
    /// Whether anything of it is to be heeded.
    var isTouched = false
    var isRemoved = false

    /// Takes in words.
    ///
    /// - Parameters:
    ///   - words: by ascending item, of each one.
    ///   - row: the user's in the file.
    ///   - room: how many items more may be spoken of; a word that finds none is refused.
    ///   - changes: gets what changes.
    /// - Returns: how many words were refused.
    mutating func merge(
        _ words: ArraySlice<RatingWord>, over file: RatingMatrix, _ row: Range<Int>, room: inout Int, changes: inout [LiveChange]
    ) -> Int {
        var merged: [LiveRating] = []
        merged.reserveCapacity(ratings.count + words.count)
        var next = 0
        var refused = 0
        for word in words {
            while next < ratings.count, ratings[next].item < word.item {
                merged.append(ratings[next])
                next += 1
            }
            let known = next < ratings.count && ratings[next].item == word.item ? ratings[next] : nil
            if known != nil { next += 1 }
            if let known, !known.isOlder(than: word) {
                merged.append(known)
                continue
            }
            guard known != nil || room > 0 else {
                refused += 1
                continue
            }
            room -= known == nil ? 1 : 0
            let place = known.map { $0.place == LiveRating.absent ? nil : Int($0.place) } ?? file.place(of: word.item, in: row)
            let rating = LiveRating(word, over: file, row, place)
            let before = known?.currentCode ?? rating.fileCode
            merged.append(rating)
            changes.append(
                LiveChange(
                    item: word.item, user: word.user, before: before, after: rating.currentCode, vote: rating.currentCode,
                    fileCode: rating.fileCode))
        }
        merged += ratings[next...]
        ratings = merged
        return refused
    }
}

extension LiveRating {
    /// - Parameter place: that of the file's rating in the user's row.
    fileprivate init(_ word: RatingWord, over file: RatingMatrix, _ row: Range<Int>, _ place: Int?) {
        clock = word.clock
        item = word.item
        origin = word.origin
        code = word.code
        self.place = place.map { UInt32($0) } ?? Self.absent
        fileCode = place.map { file.rowCodes[row.lowerBound + $0] } ?? 0
        holds = place.map { word.time >= file.rowTimes[row.lowerBound + $0] } ?? true
    }
}
