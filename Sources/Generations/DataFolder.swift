import Foundation
package import ServiceRuntime

/// A folder of generations: each a folder with a ratings file and its models, named by its number, and `current`, a link to the one that is
/// served.
///
/// ```
/// data/000011/kindred.ratings  data/000011/kindred.models/ease.model …
/// data/000012/…
/// data/current -> 000012
/// ```
/// A generation is made beside the others, named once it is complete, and served once the link is replaced, which is one step. What is served
/// is never changed. Numbers only grow: to go back is to make a new generation of an old one's files, which are linked and not copied.
package struct DataFolder: Sendable {
    static let ratingsName = "kindred.ratings"
    static let modelsName = "kindred.models"
    static let currentName = "current"
    private static let digits = 6

    package let path: String

    package init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    var currentRatingsFile: String { "\(path)/\(Self.currentName)/\(Self.ratingsName)" }
    var currentModelsFolder: String { "\(path)/\(Self.currentName)/\(Self.modelsName)" }

    package func ratingsFile(of number: Int) -> String { "\(folder(of: number))/\(Self.ratingsName)" }
    package func modelsFolder(of number: Int) -> String { "\(folder(of: number))/\(Self.modelsName)" }

    package func folder(of number: Int) -> String {
        let text = String(number)
        return "\(path)/" + String(repeating: "0", count: max(0, Self.digits - text.count)) + text
    }

    /// - Returns: nil for a folder that is no generation.
    static func number(ofFolder path: String) -> Int? {
        let name = path.split(separator: "/").last ?? ""
        guard name.utf8.count >= digits, name.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(name)
    }

    /// The numbers of all generations, ascending.
    package var generations: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { Self.number(ofFolder: $0) }.sorted()
    }

    /// The one that is served; nil before the first.
    package var current: Int? {
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/\(Self.currentName)")
        return target.flatMap { Self.number(ofFolder: $0) }
    }

    /// When the generation's ratings file was written.
    package func writtenAt(_ number: Int) -> Timestamp? {
        let date = (try? FileManager.default.attributesOfItem(atPath: ratingsFile(of: number)))?[.modificationDate] as? Date
        return date.map { Timestamp(milliseconds: Int64($0.timeIntervalSince1970 * 1000)) }
    }

    /// Whether two generations have the same files, as one that goes back has.
    package func haveSameFiles(_ one: Int, _ other: Int) -> Bool { contents(of: one) == contents(of: other) }

    /// Name, size and time of each file.
    private func contents(of number: Int) -> Set<String> {
        let models = (try? FileManager.default.contentsOfDirectory(atPath: modelsFolder(of: number))) ?? []
        let files = [ratingsFile(of: number)] + models.map { "\(modelsFolder(of: number))/\($0)" }
        return Set(
            files.compactMap { file in
                guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { return nil }
                let written = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
                return "\(file.split(separator: "/").last ?? "") \(attributes[.size] ?? 0) \(written)"
            })
    }
}
