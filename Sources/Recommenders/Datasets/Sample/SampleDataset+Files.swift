extension SampleDataset {
    /// Writes `ratings.csv` and `movies.csv` into `folder`, as MovieLens has them. The folder has to be there.
    package func write(toFolder folder: String) throws(ImportError) {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        do {
            try FileReplacement.replace(prefix + "movies.csv", by: moviesCSV)
            try FileReplacement.replace(prefix + "ratings.csv", by: ratingsCSV)
        } catch {
            throw ImportError(.unwritable, error.message)
        }
    }

    var moviesCSV: [UInt8] {
        var text = "movieId,title,genres\n"
        for (item, entry) in entries.enumerated() {
            let title = entry.year.map { "\(entry.title) (\($0))" } ?? entry.title
            text += "\(item + 1),\(title.contains(",") ? "\"\(title)\"" : title),\(entry.genres.joined(separator: "|"))\n"
        }
        return Array(text.utf8)
    }

    var ratingsCSV: [UInt8] {
        var text = "userId,movieId,rating,timestamp\n"
        for rating in ratings {
            let stars = "\(rating.code / 2).\(rating.code % 2 * 5)"
            text += "\(rating.user + 1),\(rating.item + 1),\(stars),\(rating.time)\n"
        }
        return Array(text.utf8)
    }
}
