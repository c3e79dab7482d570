/// Several rows, each of one genre. An item of several genres is in the first row that it is good enough for, so that none is in two.
struct RowsPlan: ListPlan {
    static let usualCount = 5
    static let usualLength = 10

    /// In the order of the rows; those behind come in where one of them has nothing to list.
    let genres: [String]
    let count: Int
    let length: Int
    let shaping: ListShaping
    let index: GenreIndex

    /// - Parameter taste: the genres in the order in which the user likes them, for requests that name none.
    init(_ request: RowRequest, taste: @autoclosure () -> [String], shaping: ListShaping, index: GenreIndex) {
        var named: Set<String> = []
        let wanted = (request.genres ?? []).filter { named.insert($0).inserted }
        genres = wanted.isEmpty ? taste() : wanted
        let count = request.count ?? (wanted.isEmpty ? Self.usualCount : wanted.count)
        self.count = min(max(count, RowRequest.countRange.lowerBound), RowRequest.countRange.upperBound)
        let length = request.length ?? Self.usualLength
        self.length = min(max(length, RowRequest.lengthRange.lowerBound), RowRequest.lengthRange.upperBound)
        self.shaping = shaping
        self.index = index
    }

    var pinned: Set<UInt32> { [] }

    func candidateCount(of itemCount: Int) -> Int { itemCount }

    func choose(from candidates: [TopK.Entry], fill: Fill) throws(CancellationError) -> Choices {
        var ranking = shaping.boosted(candidates)
        var choices = Choices(rows: [])
        var listed: Set<UInt32> = []
        for genre in genres where choices.rows?.count ?? 0 < count {
            try Cancellation.look()
            let ofGenre = index.filter(anyOf: [genre])
            let open = ranking.filter { ofGenre.admits($0.item) }
            var row = shaping.choose(length, from: open, seedShift: UInt64(choices.rows?.count ?? 0))
            listed.formUnion(row.map(\.item))
            if row.count < length {
                let popular = try fill(length - row.count, genre, listed)
                row += popular.map { Choice(filledWith: $0) }
                listed.formUnion(popular.map(\.element))
            }
            guard !row.isEmpty else { continue }
            choices.places += row
            choices.rows?.append(RecommendationRow(genre: genre, count: row.count))
            ranking.removeAll { listed.contains($0.item) }
        }
        return choices
    }
}
