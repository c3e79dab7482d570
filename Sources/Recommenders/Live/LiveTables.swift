/// All that is laid over a file, as a value: copies share what they have in common.
struct LiveTables: Sendable {
    let file: RatingMatrix
    let scale: RatingScale
    private(set) var users = PagedArray<LiveUser>(pageLength: 64)
    /// How many ratings users have; `untouched` where the file knows.
    private(set) var userCounts = PagedArray<Int32>(pageLength: 2048)
    static let untouched: Int32 = -1
    private(set) var items = PagedArray<LiveItem>(pageLength: 64)
    /// Of the lengths of the users' vectors of opinions, for the exponents that are asked for.
    private(set) var lengthPowers: [Powers] = []
    /// Of the items' numbers of ratings likewise.
    private(set) var popularityPowers: [Powers] = []
    /// With new ones.
    private(set) var userCount: Int
    private(set) var itemCount: Int
    /// How many ratings more there are than in the file, and what their codes sum to.
    private(set) var ratingCount = 0
    private(set) var codeSum = 0
    private(set) var version: UInt64 = 0
    private(set) var size = LiveSize()
    private let squares: [Int64]

    init(over dataset: Dataset) {
        file = dataset.ratings
        scale = dataset.scale
        userCount = file.userCount
        itemCount = file.itemCount
        squares = scale.opinions.map { $0 * $0 }
    }

    /// - Parameters:
    ///   - words: in ascending order.
    ///   - removed: users who left.
    ///   - userCount: with new ones, like `itemCount`.
    mutating func apply(
        _ words: [RatingWord], without removed: [UInt32], userCount: Int, itemCount: Int, limits: LiveLimits, refused: Int
    ) {
        let before = (self.userCount, self.itemCount, size)
        (self.userCount, self.itemCount) = (userCount, itemCount)
        size.newUsers = userCount - file.userCount
        size.newItems = itemCount - file.itemCount
        size.refused += refused
        var changes: [LiveChange] = []
        changes.reserveCapacity(words.count)
        for user in removed { remove(user, &changes) }
        var start = 0
        while start < words.count {
            var end = start + 1
            while end < words.count, words[end].user == words[start].user { end += 1 }
            merge(Self.newest(words[start..<end]), of: words[start].user, limits, &changes)
            start = end
        }
        merge(changes)
        if !changes.isEmpty || (userCount, itemCount, size) != before { version += 1 }
    }

    /// Of words on one item the last.
    private static func newest(_ words: ArraySlice<RatingWord>) -> ArraySlice<RatingWord> {
        let isOutdated = { (place: Int) in place + 1 < words.endIndex && words[place + 1].item == words[place].item }
        guard words.indices.contains(where: isOutdated) else { return words }
        return words.indices.filter { !isOutdated($0) }.map { words[$0] }[...]
    }

    private mutating func merge(
        _ words: ArraySlice<RatingWord>, of user: UInt32, _ limits: LiveLimits, _ changes: inout [LiveChange]
    ) {
        let file = file
        let squares = squares
        let row = file.rowIfKnown(user)
        let start = changes.count
        var room = limits.ratings - size.ratings
        var refused = 0
        var isNew = false
        var length: Int64?
        var count: Int32 = 0
        users.update(Int(user), blank: LiveUser()) { live in
            guard !live.isRemoved else { return }
            let (said, wasTouched) = (live.ratings.count, live.isTouched)
            refused = live.merge(words, over: file, row, room: &room, changes: &changes)
            guard live.ratings.count > 0 else { return }
            if !wasTouched { live.touch(row, of: file, squares) }
            for change in changes[start...] {
                count += (change.after > 0 ? 1 : 0) - (change.before > 0 ? 1 : 0)
                live.squares += squares[Int(change.after)] - squares[Int(change.before)]
            }
            isNew = said == 0
            length = live.squares
        }
        size.ratings = limits.ratings - room
        size.refused += refused
        size.users += isNew ? 1 : 0
        guard let length, changes.count > start else { return }
        userCounts.update(Int(user), blank: Self.untouched) { known in
            known = (known == Self.untouched ? Int32(row.count) : known) + count
        }
        setLength(of: user, length)
    }

    private mutating func remove(_ user: UInt32, _ changes: inout [LiveChange]) {
        guard users[Int(user)]?.isRemoved != true else { return }
        forEachRating(of: user) { item, code, _, rating in
            let fileCode = rating?.fileCode ?? code
            changes.append(LiveChange(item: item, user: user, before: code, after: 0, vote: fileCode, fileCode: fileCode))
        }
        // What was taken back has no rating, but a vote that says so.
        for rating in users[Int(user)]?.ratings ?? [] where rating.currentCode == 0 && rating.fileCode > 0 {
            changes.append(
                LiveChange(
                    item: rating.item, user: user, before: 0, after: 0, vote: rating.fileCode, fileCode: rating.fileCode))
        }
        var said = 0
        users.update(Int(user), blank: LiveUser()) { live in
            said = live.ratings.count
            live = LiveUser(isTouched: true, isRemoved: true)
        }
        size.ratings -= said
        size.users -= said > 0 ? 1 : 0
        size.removedUsers += 1
        userCounts.update(Int(user), blank: Self.untouched) { $0 = 0 }
        setLength(of: user, 0)
    }

    /// Brings the items up to date.
    private mutating func merge(_ changes: [LiveChange]) {
        let sorted = changes.sorted()
        var start = 0
        while start < sorted.count {
            let item = sorted[start].item
            var end = start + 1
            while end < sorted.count, sorted[end].item == item { end += 1 }
            var (votes, ratings, codes) = (0, 0, 0)
            items.update(Int(item), blank: LiveItem()) { live in
                let before = (live.votes.count, live.count, live.codeSum)
                live.merge(sorted[start..<end])
                votes = live.votes.count - before.0
                ratings = Int(live.count - before.1)
                codes = Int(live.codeSum - before.2)
            }
            size.votes += votes
            ratingCount += ratings
            codeSum += codes
            let count = ratingCount(ofItem: item)
            for place in popularityPowers.indices { popularityPowers[place].set(Int(item), of: Double(count)) }
            start = end
        }
    }

    private mutating func setLength(of user: UInt32, _ squares: Int64) {
        let length = scale.length(squares: squares)
        for place in lengthPowers.indices { lengthPowers[place].set(Int(user), of: length) }
    }

    /// From now on has powers at hand that would otherwise have to be worked out for every query.
    mutating func track(lengths powers: FlatArray<Double>, exponent: Double) {
        guard !lengthPowers.contains(where: { $0.exponent == exponent }) else { return }
        lengthPowers.append(self.lengthPowers(powers, exponent))
    }

    mutating func track(popularity powers: FlatArray<Double>, exponent: Double) {
        guard !popularityPowers.contains(where: { $0.exponent == exponent }) else { return }
        popularityPowers.append(popularityPowers(powers, exponent))
    }

    /// - Parameter file: the powers for the file's users.
    func lengthPowers(_ file: FlatArray<Double>, _ exponent: Double) -> Powers {
        if let known = lengthPowers.first(where: { $0.exponent == exponent }) { return known }
        var powers = Powers(file, exponent: exponent)
        users.forEach { user, live in
            if live.isTouched { powers.set(user, of: scale.length(squares: live.squares)) }
        }
        return powers
    }

    /// - Parameter file: the powers for the file's items.
    func popularityPowers(_ file: FlatArray<Double>, _ exponent: Double) -> Powers {
        if let known = popularityPowers.first(where: { $0.exponent == exponent }) { return known }
        var powers = Powers(file, exponent: exponent)
        items.forEach { item, live in
            if live.count != 0 { powers.set(item, of: Double(ratingCount(ofItem: UInt32(item)))) }
        }
        return powers
    }

    /// In memory, roughly.
    var byteCount: Int {
        let arrays = 48
        let powers = (lengthPowers + popularityPowers).reduce(0) { $0 + $1.byteCount }
        return users.byteCount + userCounts.byteCount + items.byteCount + powers
            + size.ratings * MemoryLayout<LiveRating>.stride + size.users * arrays
            + size.votes * MemoryLayout<LiveVote>.stride + items.usedPages * items.pageLength * arrays
            + (size.newUsers + size.newItems) * 4 * arrays
    }
}

extension LiveUser {
    fileprivate init(isTouched: Bool, isRemoved: Bool) {
        self.isTouched = isTouched
        self.isRemoved = isRemoved
    }

    /// Counts what the file has.
    fileprivate mutating func touch(_ row: Range<Int>, of file: RatingMatrix, _ squares: [Int64]) {
        self.squares = row.reduce(0) { $0 + squares[Int(file.rowCodes[$1])] }
        isTouched = true
    }
}
