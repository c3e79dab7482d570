import Foundation
import Testing

/// The synthetic sample, made by the command line.
func sampleFolder() async throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kindred-sample-\(UUID().uuidString)")
    let program = try Program(
        "kindred", arguments: ["sample", folder.path(percentEncoded: false)],
        folder: FileManager.default.temporaryDirectory)
    try #require(await program.waitUntilEnded(within: .seconds(60)) != nil)
    try #require(program.exitCode == 0, "\(program.log)")
    return folder
}
