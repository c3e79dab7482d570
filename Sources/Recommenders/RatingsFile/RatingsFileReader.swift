/// Reads what `RatingsFileWriter` wrote, and believes none of it unseen.
///
/// Every checksum is verified and every count, offset and index checked, so that a damaged or forged file gives an error and
/// never a crash. Memory stays within a small multiple of the file's size.
package struct RatingsFileReader {
    package static func read(_ path: String) throws(RatingsFileError) -> Dataset {
        try readWithLogOffset(path).dataset
    }

    /// - Returns: also where in the log those live ratings begin that the data set does not hold; nil if the file does not say.
    package static func readWithLogOffset(
        _ path: String
    ) throws(RatingsFileError) -> (dataset: Dataset, logOffset: Int64?) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw RatingsFileError(reading: error) }
        return try file.withBytes { (bytes) throws(RatingsFileError) in try read(bytes.bytes) }
    }

    /// Reads a file's bytes.
    static func read(_ bytes: RawSpan) throws(RatingsFileError) -> (dataset: Dataset, logOffset: Int64?) {
        let sections = try RatingsFileSections(of: bytes)
        let first = bytes.extracting(sections.place(of: .properties))
        guard first.byteCount >= RatingsFileProperties.byteCount else { throw .damaged(.properties, "it is too short") }
        let properties = RatingsFileProperties(reading: first)
        guard
            let scale = RatingScale(minimum: properties.minimum, maximum: properties.maximum, step: properties.step)
        else { throw .damaged(.properties, "its rating scale is none") }
        let names = try TextTable.texts(
            in: first.extracting(droppingFirst: RatingsFileProperties.byteCount), count: 2, section: .properties)
        // What is counted takes at least a byte each: greater counts cannot be, and smaller ones cannot overflow.
        let limit = UInt64(bytes.byteCount)
        guard properties.userCount < limit, properties.itemCount < limit, properties.ratingCount < limit,
            properties.hasLogOffset <= 1
        else { throw .damaged(.properties, "its counts are impossible") }
        let itemCount = Int(properties.itemCount)

        let ratings = try ratings(
            in: bytes, sections: sections, userCount: Int(properties.userCount), itemCount: itemCount,
            ratingCount: Int(properties.ratingCount), scale: scale)
        let users = try sections.texts(of: .userIDs, in: bytes, count: ratings.userCount)
        let items = try sections.texts(of: .itemIDs, in: bytes, count: itemCount)
        let dataset = Dataset(
            name: names[0], scale: scale,
            users: try vocabulary(users, .userIDs) { (text) throws(InvalidIdentifier) in try UserID(text) },
            items: try vocabulary(items, .itemIDs) { (text) throws(InvalidIdentifier) in try ItemID(text) },
            ratings: ratings,
            catalogue: Catalogue(
                itemKind: names[1], entries: try entries(in: bytes, sections: sections, itemCount: itemCount)),
            similarItems: try similarItems(in: bytes, sections: sections, itemCount: itemCount))
        return (dataset, properties.hasLogOffset == 1 ? properties.logOffset : nil)
    }

    private static func ratings(
        in bytes: RawSpan, sections: RatingsFileSections, userCount: Int, itemCount: Int, ratingCount: Int, scale: RatingScale
    ) throws(RatingsFileError) -> RatingMatrix {
        let starts = try sections.starts(of: .rowStarts, in: bytes, count: userCount, elementCount: ratingCount)
        let items = try sections.indices(of: .rowItems, in: bytes, count: ratingCount, below: itemCount)
        for user in 0..<userCount {
            for place in starts[user]..<starts[user + 1] where place > starts[user] && items[place - 1] >= items[place] {
                throw .damaged(.rowItems, "the items of user \(user) do not ascend")
            }
        }
        let codes = try sections.elements(UInt8.self, of: .rowCodes, in: bytes, count: ratingCount)
        let allowed = 1...scale.maximumCode
        for code in codes where !allowed.contains(code) { throw .damaged(.rowCodes, "\(code) is no code of a rating") }

        // The bound on the counts keeps this small: the columns of `itemCount` items are in the file too.
        let columnStarts = try sections.starts(of: .columnStarts, in: bytes, count: itemCount, elementCount: ratingCount)
        let users = try sections.elements(UInt32.self, of: .columnUsers, in: bytes, count: ratingCount)
        let columnCodes = try sections.elements(UInt8.self, of: .columnCodes, in: bytes, count: ratingCount)
        let matrix = RatingMatrix(itemCount: itemCount, rowStarts: starts, items: items, rowCodes: codes)
        guard matrix.columnStarts == columnStarts else { throw .damaged(.columnStarts, "it does not fit the rows") }
        guard matrix.users == users else { throw .damaged(.columnUsers, "it does not fit the rows") }
        guard matrix.columnCodes == columnCodes else { throw .damaged(.columnCodes, "it does not fit the rows") }
        return matrix
    }

    private static func vocabulary<ID: Hashable & Sendable>(
        _ texts: [String], _ section: RatingsFileSection, make: (String) throws(InvalidIdentifier) -> ID
    ) throws(RatingsFileError) -> Vocabulary<ID> {
        var ids: [ID] = []
        ids.reserveCapacity(texts.count)
        do {
            for text in texts { ids.append(try make(text)) }
        } catch {
            throw .damaged(section, "an id has \(error.byteCount) bytes")
        }
        guard Set(ids).count == ids.count else { throw .damaged(section, "an id is in it twice") }
        return Vocabulary(ids)
    }

    private static func entries(
        in bytes: RawSpan, sections: RatingsFileSections, itemCount: Int
    ) throws(RatingsFileError) -> [CatalogueEntry] {
        let titles = try sections.texts(of: .titles, in: bytes, count: itemCount)
        let years = try sections.elements(Int32.self, of: .years, in: bytes, count: itemCount)

        let genreCount = sections.count(of: .genreIndices, stride: 4)
        let genreStarts = try sections.starts(of: .genreStarts, in: bytes, count: itemCount, elementCount: genreCount)
        let genres = try sections.texts(of: .genres, in: bytes)
        let genreIndices = try sections.indices(of: .genreIndices, in: bytes, count: genreCount, below: genres.count)

        let linkCount = sections.count(of: .linkNameIndices, stride: 4)
        let linkStarts = try sections.starts(of: .linkStarts, in: bytes, count: itemCount, elementCount: linkCount)
        let linkNames = try sections.texts(of: .linkNames, in: bytes)
        let linkIndices = try sections.indices(of: .linkNameIndices, in: bytes, count: linkCount, below: linkNames.count)
        let linkTexts = try sections.texts(of: .linkTexts, in: bytes, count: linkCount)

        return titles.indices.map { item in
            var entry = CatalogueEntry(title: titles[item], year: years[item] == .min ? nil : Int(years[item]))
            entry.genres = genreIndices[genreStarts[item]..<genreStarts[item + 1]].map { genres[Int($0)] }
            for link in linkStarts[item]..<linkStarts[item + 1] {
                entry.links[linkNames[Int(linkIndices[link])]] = linkTexts[link]
            }
            return entry
        }
    }

    private static func similarItems(
        in bytes: RawSpan, sections: RatingsFileSections, itemCount: Int
    ) throws(RatingsFileError) -> SimilarItems {
        let count = sections.count(of: .similarItems, stride: 4)
        let starts = try sections.starts(of: .similarStarts, in: bytes, count: itemCount, elementCount: count)
        let items = try sections.indices(of: .similarItems, in: bytes, count: count, below: itemCount)
        let scores = try sections.elements(Float.self, of: .similarScores, in: bytes, count: count)
        for score in scores where !(0...1).contains(score) { throw .damaged(.similarScores, "\(score) is no likeness") }
        return SimilarItems(starts: starts, items: items, scores: scores)
    }
}
