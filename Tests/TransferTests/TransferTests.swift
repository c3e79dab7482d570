import Foundation
import ServiceRuntime
import Testing

@testable import Transfer

/// From a folder to a place where it is published, and from there to another folder.
@Suite struct TransferTests {
    let source: TemporaryFolder
    let place: TemporaryFolder
    let target: TemporaryFolder

    init() throws {
        (source, place, target) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
        try source.write("many ratings", to: "kindred.ratings")
        try source.write("a model", to: "kindred.models/ease.model")
    }

    private var store: any ObjectStore { FolderStore(folder: place.path) }
    private var download: DataDownload { DataDownload(from: store, to: target.path) }

    @discardableResult
    private func publish() throws -> DataManifest { try DataUpload(to: store).publish(source.path) }

    private func failure(_ body: () throws -> Void) -> TransferError? {
        do { try body() } catch { return error as? TransferError }
        return nil
    }

    @Test func bringsAllFilesAndMovesTheLink() throws {
        #expect(try publish().number == 1)
        #expect(try download.run() == .fetched(number: 1, files: 2, byteCount: 19, reused: 0))
        #expect(try target.names() == ["000001", "current"])
        #expect(try target.link("current") == "000001")
        #expect(target.text("current/kindred.ratings") == "many ratings")
        #expect(target.text("current/kindred.models/ease.model") == "a model")
        #expect(try download.run() == .unchanged(number: 1))
    }

    @Test func filesAreAsOldThereAsTheyAreHere() throws {
        let written = Date(timeIntervalSince1970: 1_700_000_000)
        try FileManager.default.setAttributes([.modificationDate: written], ofItemAtPath: "\(source.path)/kindred.ratings")
        try publish()
        _ = try download.run()
        let path = "\(target.path)/current/kindred.ratings"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == written)
    }

    @Test func bringsOnlyWhatIsNotHere() throws {
        try publish()
        _ = try download.run()
        try source.write("more ratings", to: "kindred.ratings")
        #expect(try publish().number == 2)
        #expect(try download.run() == .fetched(number: 2, files: 2, byteCount: 19, reused: 1))
        #expect(target.text("current/kindred.ratings") == "more ratings")
        #expect(try target.inode("000001/kindred.models/ease.model") == target.inode("000002/kindred.models/ease.model"))
        try source.write("other ratings", to: "kindred.ratings")
        try publish()
        _ = try download.run()
        #expect(
            try target.names() == ["000002", "000003", "current"], "the one before is kept for those who still open its files")
    }

    @Test func publishesAgainWhatWasPublishedBefore() throws {
        try publish()
        try source.write("worse ratings", to: "kindred.ratings")
        try publish()
        #expect(try DataUpload(to: store).publishAgain(1).number == 3)
        _ = try download.run()
        #expect(target.text("current/kindred.ratings") == "many ratings")
        #expect(try target.link("current") == "000003")
        #expect(failure { _ = try DataUpload(to: store).publishAgain(7) }?.code == .missing)
    }

    @Test func servesTheOldFilesWhenNewOnesAreDamaged() throws {
        try publish()
        _ = try download.run()
        try source.write("more ratings", to: "kindred.ratings")
        let file = try #require(try publish().files.first { $0.name == "kindred.ratings" })
        for content in ["more rating!", "more rating", "more ratings and more"] {
            try place.write(content, to: "files/\(file.sha256)")
            #expect(failure { _ = try download.run() }?.code == .damaged)
            #expect(target.text("current/kindred.ratings") == "many ratings")
            #expect(try target.names() == ["000001", "current"])
        }
        try place.write("more ratings", to: "files/\(file.sha256)")
        _ = try download.run()
        #expect(target.text("current/kindred.ratings") == "more ratings")
    }

    @Test func goesBackToNothingOlder() throws {
        try publish()
        try publish()
        _ = try download.run()
        try DataManifest(number: 1, createdAt: "", files: publish().files).bytes.withUnsafeBytes {
            try place.write(String(decoding: $0, as: UTF8.self), to: "manifest.json")
        }
        #expect(failure { _ = try download.run() }?.code == .refused)
        #expect(try target.link("current") == "000002")
    }

    @Test func goesOnAfterARunThatWasInterrupted() throws {
        try publish()
        try target.write("half", to: ".fetch-1/kindred.ratings")
        // Named, but the link was not moved any more.
        try target.write("half", to: "000001/kindred.ratings")
        _ = try download.run()
        #expect(target.text("current/kindred.ratings") == "many ratings")
        #expect(try target.names() == ["000001", "current"])
    }

    @Test func saysThatNothingIsThere() {
        #expect(failure { _ = try download.run() }?.code == .missing)
        #expect(failure { _ = try DataUpload(to: store).publish("/nowhere") }?.code == .unusable)
        #expect(failure { _ = try DataUpload(to: store).publish(target.path) }?.code == .unusable)
    }

    @Test func publishesFilesOnlyAndNothingHidden() throws {
        try source.write("secret", to: ".env")
        try source.write("secret", to: ".git/config")
        #expect(try publish().files.map(\.name) == ["kindred.models/ease.model", "kindred.ratings"])
        try source.write("x", to: "two words")
        #expect(failure { try publish() }?.code == .unusable)
    }

    @Test(arguments: [
        "", "/etc/passwd", "../ratings", "a/../../b", "a//b", "./a", "a/", ".manifest.json", "a/.b", "a b", "a\u{0}b", "ä",
        "a\\b",
        String(repeating: "a", count: 201),
    ])
    func takesNoNameThatLeadsElsewhere(_ name: String) throws {
        let digest = String(repeating: "0", count: 64)
        let file = DataManifest.File(name: name, byteCount: 1, sha256: digest, writtenAt: 0)
        let bytes = DataManifest(number: 1, createdAt: "", files: [file]).bytes
        #expect(failure { _ = try DataManifest(parsing: bytes, from: "there") }?.code == .damaged)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"format": 2, "number": 1, "createdAt": "", "files": []}"#,
        #"{"format": 1, "number": 1, "createdAt": "", "files": []}"#,
        #"{"format": 1, "number": 0, "createdAt": "", "files": [{"name": "a", "byteCount": 1, "sha256": "DIGEST", "writtenAt": 1}]}"#,
        #"{"format": 1, "number": 1, "createdAt": "", "files": [{"name": "a", "byteCount": -1, "sha256": "DIGEST", "writtenAt": 1}]}"#,
        #"{"format": 1, "number": 1, "createdAt": "", "files": [{"name": "a", "byteCount": 1, "sha256": "../../etc", "writtenAt": 1}]}"#,
        #"{"format": 1, "number": 1, "createdAt": "", "files": [{"name": "a", "byteCount": 1, "sha256": "DIGEST", "writtenAt": 1}, "#
            + #"{"name": "a", "byteCount": 1, "sha256": "DIGEST", "writtenAt": 1}]}"#,
    ])
    func takesNoManifestThatCannotBe(_ text: String) {
        let text = text.replacingOccurrences(of: "DIGEST", with: String(repeating: "0", count: 64))
        #expect(failure { _ = try DataManifest(parsing: Array(text.utf8), from: "there") }?.code == .damaged)
    }

    @Test func knowsPlacesByTheirScheme() throws {
        let credentials = CloudCredentials(token: nil)
        func place(_ address: String) throws -> String { try ObjectStores.store(at: address, credentials: credentials).place }
        #expect(try place("file:///srv/data/") == "file:///srv/data")
        #expect(try place("gs://films/a/b/") == "gs://films/a/b/")
        #expect(try place("gs://films") == "gs://films/")
        #expect(try place("https://data.example.org/x/") == "https://data.example.org/x")
        for address in ["films", "ftp://a/b", "file://relative", "gs://", "https://a/b?c=d", "://x", ""] {
            #expect(failure { _ = try place(address) }?.code == .unusable, "\(address)")
        }
    }
}
