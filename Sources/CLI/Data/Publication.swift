import Generations
import Recommenders

/// Where commands put what they make: in a file, or in a new generation.
enum Publication {
    /// Old generations that are kept besides those that are needed.
    static let keptGenerations = 3

    /// Writes a new ratings file to `path`, or as a new generation with the models that fit it, or in the place of the old one.
    ///
    /// - Parameter source: where the data set was made from the current files, the generation that it was.
    /// - Returns: where it is now.
    static func write(_ dataset: Dataset, to path: String?, madeFrom source: Int? = nil) throws -> String {
        guard path == nil, let data = Settings.generations else {
            let path = path ?? Settings.ratingsFile
            do throws(StoredFileError) { try RatingsFileWriter.write(dataset, to: path) } catch { throw CommandFailure(error) }
            return path
        }
        let base = source ?? data.current
        let (number, _) = try publish(in: data, from: base) { generation in
            do throws(StoredFileError) {
                try RatingsFileWriter.write(dataset, to: generation.ratingsFile)
            } catch {
                throw CommandFailure(error)
            }
            guard let base, let old = try? RatingsFileReader.read(data.ratingsFile(of: base)),
                old.items.fingerprint == dataset.items.fingerprint
            else { return }
            try generation.link(modelsIn: data.modelsFolder(of: base))
        }
        return data.ratingsFile(of: number)
    }

    /// Makes a generation and deletes the oldest.
    static func publish<Value>(
        in data: DataFolder, from base: Int? = nil, _ fill: (NewGeneration) throws -> Value
    ) throws -> (number: Int, value: Value) {
        do {
            var value: Value?
            let number = try data.publish(from: base ?? data.current) { value = try fill($0) }
            guard let value else { throw CommandFailure(.failure, "nothing was made") }
            try data.prune(keeping: keptGenerations)
            return (number, value)
        } catch let error as DataFolderError {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    init(_ error: DataFolderError) { self.init(.failure, error.message, advice: error.advice) }
}
