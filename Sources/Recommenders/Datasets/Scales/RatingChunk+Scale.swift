extension RatingChunk {
    /// Gives the ratings their codes, on the scale that was chosen or that their numbers make.
    ///
    /// - Parameter name: of the file, for people.
    /// - Returns: the scale, and how the numbers became places on it; nil where they are as they were written.
    /// - Throws: when the numbers make no scale of at most 255 places.
    static func setCodes(
        of chunks: [RatingChunk], by choice: ScaleChoice, name: String, threads: Int
    ) throws(ImportError) -> (scale: RatingScale, note: String?) {
        if case .places(let scale) = choice { return (scale, nil) }
        guard let first = chunks.first(where: { $0.count > 0 }) else {
            throw ImportError(.noRatings, "\(name) has no ratings")
        }
        guard first.values != nil else { return (.single, nil) }
        let survey = ValueSurvey(chunks, threads: threads)
        if choice == .detected, let scale = survey.distinct.flatMap(DetectedScale.scale) {
            let (minimum, step) = (scale.minimum, scale.step)
            setCodes(of: chunks, threads: threads) { UInt8(((Double($0) - minimum) / step).rounded()) + 1 }
            return (scale, nil)
        }
        guard choice == .counts || (survey.areWhole && survey.minimum >= 0),
            let counts = CountScale(countsOf: chunks, threads: threads)
        else {
            let range = "from \(survey.minimum) to \(survey.maximum)"
            throw ImportError(.noScale, "the ratings in \(name), \(range), are on no scale of at most 255 places")
        }
        setCodes(of: chunks, threads: threads) { counts.code(for: $0) }
        return (CountScale.scale, counts.note)
    }

    private static func setCodes(of chunks: [RatingChunk], threads: Int, _ code: @Sendable (Float) -> UInt8) {
        Parallel.forEach(chunks.count, threads: threads) { chunks[$0].setCodes(code) }
    }
}
