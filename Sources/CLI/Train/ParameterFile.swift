import Foundation
import Recommenders

/// A file with an algorithm's parameters: `{"algorithm": "ease", "parameters": {…}}`, as `kindred tune` writes it; what else is in it is
/// passed over.
enum ParameterFile {
    static func read(_ path: String) throws(CommandFailure) -> ModelParameters {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(
                .unusable, "cannot read \(path.onOneLine): \(error.localizedDescription)",
                advice: "Write one with: kindred tune --algorithm ALGORITHM --output FILE")
        }
        do {
            return try JSONDecoder().decode(ModelParameters.self, from: data)
        } catch {
            throw CommandFailure(
                .unusable, "\(path.onOneLine) holds no parameters of an algorithm",
                advice: #"It should look like {"algorithm": "ease", "parameters": {…}}, as kindred tune writes it."#)
        }
    }
}

extension CommandFailure {
    init(_ error: ParameterError, of parameters: ModelParameters) {
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
