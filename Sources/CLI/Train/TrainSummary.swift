import Foundation
import Recommenders

/// What `kindred train` tells of the models that it wrote.
struct TrainSummary {
    struct Model {
        /// Its algorithm, or what it is for.
        let name: String
        let parameters: ModelParameters
        fileprivate(set) var file: String
        let seconds: Double
        let cpuSeconds: Double
        /// What the training found out, for people.
        let notes: [String]

        var byteCount: Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return attributes?[.size] as? Int ?? 0
        }
    }

    let dataset: String
    private(set) var folder: String
    var models: [Model] = []

    init(dataset: String, folder: String) {
        self.dataset = dataset
        self.folder = folder
    }

    /// The files are elsewhere now.
    mutating func moved(to folder: String) {
        for place in models.indices { models[place].file = folder + models[place].file.dropFirst(self.folder.count) }
        self.folder = folder
    }

    var text: String {
        var table = Table(columns: [
            .init(title: "model"), .init(title: "seconds", isRightAligned: true),
            .init(title: "CPU seconds", isRightAligned: true), .init(title: "MB", isRightAligned: true),
        ])
        for model in models {
            table.add([
                model.name, model.seconds.rounded(toDigits: 2), model.cpuSeconds.rounded(toDigits: 2),
                (Double(model.byteCount) / 1e6).rounded(toDigits: 1),
            ])
        }
        var lines = ["Trained on \(dataset.onOneLine), written to \(folder.onOneLine):", table.text]
        for model in models {
            lines += model.notes.map { "\(model.name): \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "dataset": .string(dataset), "folder": .string(folder),
            "models": .array(
                models.map { model in
                    [
                        "name": .string(model.name), "algorithm": .string(model.parameters.algorithm.rawValue),
                        "file": .string(model.file),
                        "parameters": .string(model.parameters.json), "bytes": .integer(model.byteCount),
                        "seconds": .number(model.seconds), "cpuSeconds": .number(model.cpuSeconds),
                        "notes": .strings(model.notes),
                    ]
                }),
        ]
    }
}
