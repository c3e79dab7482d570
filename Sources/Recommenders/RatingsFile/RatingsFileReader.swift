/// Opens what `RatingsFileWriter` wrote, and believes none of it unseen.
///
/// Every checksum is verified and every count, offset and index checked, so that a damaged or forged file gives an error and
/// never a crash. The data set's arrays lie in the mapped file: opening takes no memory of its own to speak of, and processes that open the
/// same file share it.
package struct RatingsFileReader {
    package static func read(_ path: String) throws(StoredFileError) -> Dataset {
        try read(SectionFile(path: path))
    }

    static func read(_ file: SectionFile<RatingsFileSection>) throws(StoredFileError) -> Dataset {
        let properties = try file.elements(RatingsFileProperties.self, of: .properties, count: 1)[0]
        guard
            let scale = RatingScale(minimum: properties.minimum, maximum: properties.maximum, step: properties.step)
        else { throw .damaged(RatingsFileSection.properties, "its rating scale is none") }
        // Indices have 32 bits, and so counts up to there cannot overflow.
        let limit = UInt64(UInt32.max)
        guard properties.userCount < limit, properties.itemCount < limit, properties.ratingCount < limit,
            properties.hasLogOffset <= 1
        else { throw .damaged(RatingsFileSection.properties, "its counts are impossible") }
        let names = try file.texts(of: .names, count: 2)
        let itemCount = Int(properties.itemCount)
        let ratings = try RatingsFileMatrix(
            userCount: Int(properties.userCount), itemCount: itemCount, ratingCount: Int(properties.ratingCount),
            maximumCode: scale.maximumCode
        ).read(from: file)
        return Dataset(
            name: names[0], scale: scale,
            users: try vocabulary(.userIDs, .userOrder, in: file, count: ratings.userCount),
            items: try vocabulary(.itemIDs, .itemOrder, in: file, count: itemCount), ratings: ratings,
            catalogue: try catalogue(in: file, itemKind: names[1], itemCount: itemCount),
            logOffset: properties.hasLogOffset == 1 ? properties.logOffset : nil)
    }

    private static func vocabulary<ID: Identifier>(
        _ section: RatingsFileSection, _ orderSection: RatingsFileSection, in file: SectionFile<RatingsFileSection>, count: Int
    ) throws(StoredFileError) -> Vocabulary<ID> {
        let texts = try file.texts(of: section, count: count)
        let order = try file.elements(UInt32.self, of: orderSection, count: count)
        do throws(InvalidVocabulary) {
            return try Vocabulary(texts: texts, order: order)
        } catch {
            switch error {
            case .identifier(let byteCount): throw .damaged(section, "an id has \(byteCount) bytes")
            case .repetition: throw .damaged(section, "an id is in it twice")
            case .order: throw .damaged(orderSection, "it is not the order of the ids")
            }
        }
    }

    private static func catalogue(
        in file: SectionFile<RatingsFileSection>, itemKind: String, itemCount: Int
    ) throws(StoredFileError) -> Catalogue {
        let genreCount = file.count(of: .genreIndices, stride: 4)
        let genres = try file.texts(of: .genres)
        let linkCount = file.count(of: .linkNameIndices, stride: 4)
        let linkNames = try file.texts(of: .linkNames)
        return Catalogue(
            itemKind: itemKind, titles: try file.texts(of: .titles, count: itemCount),
            years: try file.elements(Int32.self, of: .years, count: itemCount), genres: Array(genres),
            genreStarts: try file.starts(of: .genreStarts, count: itemCount, elementCount: genreCount),
            genreIndices: try file.indices(of: .genreIndices, count: genreCount, below: genres.count),
            linkNames: Array(linkNames),
            linkStarts: try file.starts(of: .linkStarts, count: itemCount, elementCount: linkCount),
            linkNameIndices: try file.indices(of: .linkNameIndices, count: linkCount, below: linkNames.count),
            linkTexts: try file.texts(of: .linkTexts, count: linkCount))
    }
}
