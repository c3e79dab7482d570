import Recommenders

/// Whether the models fit the ratings file and are sound.
enum ModelCheck {
    static func run(ratings: String, folder: String) -> [Check] {
        // What is wrong with the ratings file is told elsewhere.
        guard let dataset = try? RatingsFileReader.read(ratings) else { return [] }
        let (models, errors) = ModelFolder(folder).models(for: dataset)
        var checks = errors.map { algorithm, error in
            let failure = CommandFailure(error)
            return Check.fail("model \(algorithm.rawValue)", failure.message, advice: failure.advice ?? "")
        }
        let names = models.map(\.algorithm.rawValue).joined(separator: ", ")
        if !models.isEmpty {
            checks.append(.ok("models", "\(folder): \(names)"))
        } else if errors.isEmpty {
            checks.append(.warn("models", "there are none in \(folder)", advice: "Train them with: kindred train"))
        }
        return checks
    }
}
