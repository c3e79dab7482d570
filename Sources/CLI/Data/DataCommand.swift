import ArgumentParser
import Foundation
import Generations
import Recommenders

/// What there is to do with the generations that are served.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "List, publish, roll back, upload and fetch what gateways and workers serve from.",
        discussion: """
            DATA_FOLDER names a folder of generations: each a ratings file and its models, numbered, with a link "current" to the one that is \
            served. kindred import, compact and train make new ones there, and gateways and workers with the same DATA_FOLDER go over to them \
            while they run. Numbers only grow: to roll back is to make a new generation of an old one's files.
            """,
        subcommands: [
            ListGenerationsCommand.self, PublishCommand.self, RollBackCommand.self, UploadCommand.self, FetchCommand.self,
        ])

    /// - Throws: when there is no folder.
    static func folder() throws(CommandFailure) -> DataFolder {
        if let data = Settings.generations { return data }
        throw CommandFailure(
            .unusable, "there is no folder of generations",
            advice: "Name one with DATA_FOLDER, and leave out RATINGS_FILE and MODELS_FOLDER.")
    }
}

/// Says what generations there are.
struct ListGenerationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the generations, the newest last.")

    @OptionGroup var options: OutputOptions

    func run() throws {
        let data = try DataCommand.folder()
        let current = data.current
        let generations = data.generations
        let views = generations.map { number in
            GenerationView(
                number: number, isCurrent: number == current,
                origin: generations.first { $0 < number && data.haveSameFiles($0, number) },
                dataset: try? RatingsFileReader.read(data.ratingsFile(of: number)), writtenAt: data.writtenAt(number))
        }
        print(options.isJSON ? JSON.array(views.map(\.json)).description : GenerationView.text(of: views, in: data.path))
    }
}

/// Makes a generation of files that lie elsewhere.
struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Make a generation of a ratings file and models that lie elsewhere.",
        discussion: "The files are linked where the disk can do that, and copied otherwise. They are checked first.")

    @Argument(help: "The ratings file.", completion: .file())
    var ratings: String

    @Option(help: "The folder of the models. (default: those of the current generation, if they fit)", completion: .directory)
    var models: String?

    @OptionGroup var options: OutputOptions

    func run() throws {
        let data = try DataCommand.folder()
        let dataset: Dataset
        do { dataset = try RatingsFileReader.read(ratings) } catch { throw CommandFailure(error) }
        let (number, _) = try Publication.publish(in: data) { generation in
            try generation.link(ratings, to: generation.ratingsFile)
            if let source = models ?? data.current.map(data.modelsFolder(of:)) {
                let errors = ModelFolder(source).models(for: dataset).errors
                if let first = errors.first {
                    guard models == nil else { throw CommandFailure(first.error) }
                    return
                }
                try generation.link(modelsIn: source)
            }
        }
        let text = "Generation \(number) is current in \(data.path.onOneLine)."
        print(options.isJSON ? JSON.object([.init(name: "generation", value: .integer(number))]).description : text)
    }
}

/// Goes back to an earlier generation.
struct RollBackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Serve the files of an earlier generation again.",
        discussion:
            "They become a new generation. Doing it again goes further back. What users rated is in Redis and is not touched.")

    @Option(help: ArgumentHelp("The generation. (default: the last one with other files than the current)", valueName: "number"))
    var to: Int?

    @OptionGroup var options: OutputOptions

    func run() throws {
        let data = try DataCommand.folder()
        do {
            let (number, origin) = try data.rollBack(to: to)
            let json: JSON = ["generation": .integer(number), "of": .integer(origin)]
            let text = "Generation \(number) is current in \(data.path.onOneLine), with the files of \(origin)."
            print(options.isJSON ? json.description : text)
        } catch let error as DataFolderError {
            throw CommandFailure(error)
        }
    }
}
