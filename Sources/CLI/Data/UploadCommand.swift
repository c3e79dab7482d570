import ArgumentParser
import Transfer

/// Publishes a folder of data, for `fetch` to bring elsewhere.
struct UploadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload", abstract: "Publish a folder of data in a bucket or another folder.",
        discussion: """
            All files of the folder and the folders in it are put there under their digests, and last a manifest with a number greater by one. \
            Nothing that was published before is changed, so that it can be published again.

              kindred data upload --from data/current --to gs://bucket/data
              kindred data upload --again 11 --to gs://bucket/data

            A bucket is asked with the rights of the machine (its service account), or with the access token in KINDRED_DATA_TOKEN.
            """)

    @Option(help: "The folder, for example of a generation.", completion: .directory)
    var from: String?

    @Option(help: ArgumentHelp("Instead of a folder: what was published with this number.", valueName: "number"))
    var again: Int?

    @Option(help: "Where to: gs://bucket/path or file:///folder.")
    var to: String

    func validate() throws {
        guard (from == nil) != (again == nil) else {
            throw ValidationError("What should be published? Either --from or --again.")
        }
    }

    func run() throws {
        let upload = DataUpload(to: try PublishedData.store(at: to))
        do throws(TransferError) {
            let manifest = if let again { try upload.publishAgain(again) } else { try upload.publish(from ?? ".") }
            let content = "\(manifest.files.count) files of \(manifest.byteCount.grouped) bytes"
            print("Published as \(manifest.number) in \(to.onOneLine): \(content).")
        } catch {
            throw CommandFailure(error)
        }
    }
}
