import ArgumentParser
import Foundation
import Recommenders

/// What `kindred bench` starts to see how long a worker needs until it can answer, and how much memory it takes for itself.
struct StartProbe: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "start-probe", shouldDisplay: false)

    @Option var ratings: String
    @Option var models: String

    /// Opens everything and answers once; writes its private memory in bytes.
    func run() throws {
        let engine: RecommendationEngine
        do throws(StoredFileError) {
            let dataset = try RatingsFileReader.read(ratings)
            let library = ModelLibrary(dataset: dataset, models: ModelFolder(models).models(for: dataset).models)
            engine = RecommendationEngine(library)
        } catch {
            throw CommandFailure(error)
        }
        _ = try engine.recommend(for: engine.dataset.profile(of: nil, overlaidWith: LiveProfile()), query: RecommendationQuery())
        print(ProcessUsage.now.privateBytes)
    }
}
