import ArgumentParser
import Evaluation
import Recommenders

/// Which ratings are held out.
struct SplitOptions: ParsableArguments {
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case leaveLastOut = "leave-last-out"
        case leaveOneOut = "leave-one-out"
        case temporal
    }

    @Option(
        help: """
            How ratings are held out: of each user the latest (leave-last-out), of each user one by chance (leave-one-out), or of all \
            users the latest (temporal). (default: leave-last-out)
            """)
    var split: Method?

    @Option(help: ArgumentHelp("The share of the ratings that a temporal split holds out.", valueName: "0…1"))
    var share = 0.1

    @Option(
        help: ArgumentHelp("A given split: lists of users and items to train on (\"user item item …\").", valueName: "file"),
        completion: .file())
    var training: String?

    @Option(help: ArgumentHelp("The lists of a given split to choose parameters by.", valueName: "file"), completion: .file())
    var validation: String?

    @Option(help: ArgumentHelp("The lists of a given split to be found.", valueName: "file"), completion: .file())
    var test: String?

    @Option(help: ArgumentHelp("What is drawn by chance is drawn by this number.", valueName: "number"))
    var seed: UInt64 = 1

    func validate() throws {
        guard (training == nil) == (test == nil), validation == nil || training != nil else {
            throw ValidationError("A given split needs --training and --test; --validation may join them.")
        }
        guard training == nil || split == nil else {
            throw ValidationError("--split is for ratings files, not for given splits.")
        }
        guard 0 < share && share < 1 else { throw ValidationError("--share is above 0 and below 1.") }
    }

    /// A data set and what is held out of it.
    struct Prepared {
        let split: Split
        let summary: DatasetSummary
        let scale: RatingScale
    }

    /// - Parameter path: of the ratings file, which a given split does without.
    func prepare(path: String) throws(CommandFailure) -> Prepared {
        do {
            if let training, let test {
                let lists = try ListFileReader().read(training: training, validation: validation, test: test)
                let dataset = lists.imported.dataset
                let split = try Split.asGiven(
                    training: lists.training, validation: lists.validation, test: lists.test, itemCount: dataset.items.count)
                return Prepared(split: split, summary: DatasetSummary(dataset), scale: dataset.scale)
            }
            let dataset = try RatingsFileReader.read(path)
            let split: Split =
                switch split ?? .leaveLastOut {
                case .leaveLastOut: try .leaveLastOut(dataset.ratings)
                case .leaveOneOut: try .leaveOneOut(dataset.ratings, seed: seed)
                case .temporal: try .temporal(dataset.ratings, heldOutShare: share)
                }
            return Prepared(split: split, summary: DatasetSummary(dataset), scale: dataset.scale)
        } catch let error as StoredFileError {
            throw CommandFailure(error)
        } catch let error as ImportError {
            throw CommandFailure(error)
        } catch let error as SplitError {
            throw CommandFailure(
                .unusable, error.message,
                advice:
                    "Take another split with --split, of which leave-one-out needs no times, or a data set with more ratings for each user."
            )
        } catch {
            throw CommandFailure(.failure, "\(error)")
        }
    }
}
