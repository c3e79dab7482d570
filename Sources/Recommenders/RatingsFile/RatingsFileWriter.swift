/// Writes a data set as one file that `RatingsFileReader` opens without building anything.
package struct RatingsFileWriter {
    /// Whoever reads `path` meanwhile sees the old file or the new one, never a part.
    package static func write(_ dataset: Dataset, to path: String) throws(StoredFileError) {
        let ratings = dataset.ratings
        let catalogue = dataset.catalogue
        var file = SectionFileWriter<RatingsFileSection>()
        file.set(.properties, to: [RatingsFileProperties(dataset)])
        file.set(.names, to: TextTable([dataset.name, catalogue.itemKind]))
        file.set(.userIDs, to: dataset.users.ids.texts)
        file.set(.userOrder, to: dataset.users.order)
        file.set(.itemIDs, to: dataset.items.ids.texts)
        file.set(.itemOrder, to: dataset.items.order)
        file.set(.rowStarts, to: ratings.rowStarts)
        file.set(.rowItems, to: ratings.items)
        file.set(.rowCodes, to: ratings.rowCodes)
        file.set(.rowTimes, to: ratings.rowTimes)
        file.set(.columnStarts, to: ratings.columnStarts)
        file.set(.columnUsers, to: ratings.users)
        file.set(.columnCodes, to: ratings.columnCodes)
        file.set(.titles, to: catalogue.titles)
        file.set(.years, to: catalogue.years)
        file.set(.genres, to: TextTable(catalogue.genres))
        file.set(.genreStarts, to: catalogue.genreStarts)
        file.set(.genreIndices, to: catalogue.genreIndices)
        file.set(.linkNames, to: TextTable(catalogue.linkNames))
        file.set(.linkStarts, to: catalogue.linkStarts)
        file.set(.linkNameIndices, to: catalogue.linkNameIndices)
        file.set(.linkTexts, to: catalogue.linkTexts)
        file.set(.rowTimeOrder, to: ratings.timeOrder ?? ratings.orderedInTime() ?? [])
        try file.write(to: path)
    }
}
