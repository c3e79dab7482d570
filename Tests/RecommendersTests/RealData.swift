import Foundation
import Recommenders

/// Published data sets, where a machine has them: below the folder that `KINDRED_DATA` names, else below `../shared/data` as seen
/// from the package.
enum RealData {
    static let smallMovieLens = folder("ml-latest-small", with: "ratings.csv")
    static let lastFM = folder("lastfm-2k", with: "user_artists.dat")
    static let amazonBeauty = folder("amazon-beauty", with: "interactions.txt")

    /// Read once for all tests.
    static let importedSmallMovieLens = Result { () throws -> ImportedDataset in
        try MovieLensReader().read(folder: smallMovieLens ?? "")
    }

    private static func folder(_ name: String, with contents: String) -> String? {
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let package = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = ProcessInfo.processInfo.environment["KINDRED_DATA"] ?? package.path + "/../shared/data"
        let folder = "\(data)/\(name)"
        return FileManager.default.fileExists(atPath: folder + "/" + contents) ? folder : nil
    }
}
