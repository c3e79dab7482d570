import Evaluation
import Foundation
import Recommenders

/// A file with an algorithm's parameters, as `kindred tune` writes it: `{"algorithm": "ease", "parameters": {"recency.halfLife": 5}}`. Those
/// that are not in it have their usual values; what else is in the file is passed over.
enum ParameterFile {
    static func read(_ path: String, for ratings: RatingMatrix) throws(CommandFailure) -> ModelParameters {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(
                .unusable, "cannot read \(path.onOneLine): \(error.localizedDescription)",
                advice: "Write one with: kindred tune --algorithm ALGORITHM --output FILE")
        }
        let file: Content
        do {
            file = try JSONDecoder().decode(Content.self, from: data)
        } catch {
            throw CommandFailure(
                .unusable, "\(path.onOneLine) holds no parameters of an algorithm",
                advice:
                    #"It should look like {"algorithm": "ease", "parameters": {"regularization": 300}}, as kindred tune writes it."#
            )
        }
        guard let defaults = ModelParameters(defaultsOf: file.algorithm, for: ratings) else {
            throw CommandFailure(.unusable, "the algorithm \(file.algorithm.rawValue) has no parameters", advice: nil)
        }
        return try defaults.setting(file.parameters)
    }

    private struct Content: Decodable {
        let algorithm: Algorithm
        let parameters: ParameterSet
    }
}

extension ModelParameters {
    /// With these in place of its own.
    func setting(_ parameters: ParameterSet) throws(CommandFailure) -> ModelParameters {
        var changed = self
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            do throws(Recommenders.ParameterError) {
                changed = try changed.setting(name, to: value.json)
            } catch {
                throw CommandFailure(error, of: self)
            }
        }
        return changed
    }

    /// Its parameters by name, for reports.
    var values: ParameterSet {
        settings.compactMapValues { try? JSONDecoder().decode(ParameterValue.self, from: Data($0.utf8)) }
    }
}

extension ParameterValue {
    var json: String {
        // Every value of this type can be written.
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

extension CommandFailure {
    init(_ error: Recommenders.ParameterError, of parameters: ModelParameters) {
        let algorithm = parameters.algorithm.rawValue
        switch error {
        case .unknownName(let name, let known):
            self.init(
                .unusable, "\(algorithm) has no parameter \(name.onOneLine)", advice: "It has: \(known.joined(separator: ", ")).")
        case .unusableValue(let name, let value):
            let now = parameters.settings[name].map { " It is \($0) now." } ?? ""
            self.init(
                .unusable, "the parameter \(name.onOneLine) of \(algorithm) cannot be \(value.onOneLine)",
                advice: "Its value is written as in JSON.\(now)")
        }
    }
}
