import Foundation
import Glibc
import ServiceRuntime

/// Brings the set that is published in a place to a folder, where it becomes a generation with the same number.
///
/// Nothing is served before all files are on the disk and have their digests; then `current`, a link, leads to it in one step.
package struct DataDownload {
    private static let currentName = "current"
    private static let manifestName = ".manifest.json"
    private static let digits = 6

    package enum Outcome: Equatable {
        /// The folder had it already.
        case unchanged(number: Int)
        case fetched(number: Int, files: Int, byteCount: Int, reused: Int)
    }

    private let store: any ObjectStore
    private let folder: String

    package init(from store: any ObjectStore, to folder: String) {
        self.store = store
        self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    }

    package func run() throws(TransferError) -> Outcome {
        let manifest = try DataManifest(
            parsing: try store.content(of: "manifest.json", atMost: DataManifest.maximumByteCount), from: store.place)
        let before = current()
        if let before {
            if before == manifest { return .unchanged(number: manifest.number) }
            guard before.number < manifest.number else {
                throw TransferError(
                    .refused, "\(store.place) has number \(manifest.number), and \(folder) has \(before.number) already",
                    advice: "Publish it with a greater number: kindred data upload. Or begin with an empty folder.")
            }
        }
        try attempt("make \(folder)") {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        removeLeftovers()
        let known = before.map { Dictionary($0.files.map { ($0.sha256, $0.name) }) { first, _ in first } } ?? [:]
        let missing = manifest.files.filter { known[$0.sha256] == nil }
        try makeSureOfRoom(for: missing.reduce(0) { $0 + $1.byteCount })
        let staging = "\(folder)/.fetch-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: staging) }
        for file in manifest.files {
            let target = "\(staging)/\(file.name)"
            try attempt("make a folder in \(folder)") {
                try FileManager.default.createDirectory(
                    at: URL(filePath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
            }
            if let before, let name = known[file.sha256], link("\(path(of: before.number))/\(name)", target) == 0 { continue }
            try download(file, to: target)
        }
        let note = try NewFile("\(staging)/\(Self.manifestName)")
        try note.write(manifest.bytes)
        try note.finish()
        try serve(staging, as: manifest.number)
        prune(keeping: [manifest.number, before?.number ?? manifest.number])
        return .fetched(
            number: manifest.number, files: manifest.files.count, byteCount: manifest.byteCount,
            reused: manifest.files.count - missing.count)
    }

    private func download(_ file: DataManifest.File, to target: String) throws(TransferError) {
        let output = try NewFile(target)
        var digest = SHA256()
        var byteCount = 0
        let place = store.place
        func damaged(_ problem: String) -> TransferError {
            TransferError(
                .damaged, "\(file.name) from \(place) \(problem)", advice: "Publish the data anew with: kindred data upload")
        }
        try store.read("files/\(file.sha256)") { (bytes) throws(TransferError) in
            byteCount += bytes.count
            guard byteCount <= file.byteCount else { throw damaged("is longer than its manifest says") }
            digest.update(bytes)
            try output.write(bytes)
        }
        guard byteCount == file.byteCount else { throw damaged("has \(byteCount) bytes instead of \(file.byteCount)") }
        guard digest.finish() == file.sha256 else { throw damaged("does not have the digest that its manifest says") }
        try output.finish(writtenAt: max(0, file.writtenAt))
    }

    /// Names the complete folder by its number and moves the link to it.
    private func serve(_ staging: String, as number: Int) throws(TransferError) {
        let target = path(of: number)
        // One that an earlier run could not finish: the link never led there.
        try? FileManager.default.removeItem(atPath: target)
        guard rename(staging, target) == 0 else { throw FileBytes.failure("make", target) }
        let next = "\(folder)/.\(Self.currentName)-\(getpid())"
        unlink(next)
        guard symlink(name(of: number), next) == 0, rename(next, "\(folder)/\(Self.currentName)") == 0 else {
            throw FileBytes.failure("make a link in", folder)
        }
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileBytes.failure("sync", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileBytes.failure("sync", folder) }
    }

    /// What is served, if it came from a place like this.
    private func current() -> DataManifest? {
        let path = "\(folder)/\(Self.currentName)/\(Self.manifestName)"
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return try? DataManifest(parsing: [UInt8](bytes), from: path)
    }

    /// What runs that were interrupted left behind.
    private func removeLeftovers() {
        for name in names where name.hasPrefix(".fetch-") { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    }

    /// Whoever serves from an old generation still has its files open, though they have no names any more.
    private func prune(keeping kept: Set<Int>) {
        for name in names {
            guard name.utf8.count >= Self.digits, name.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(name) else {
                continue
            }
            if !kept.contains(number) { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        }
    }

    private func makeSureOfRoom(for byteCount: Int) throws(TransferError) {
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { throw FileBytes.failure("look at", folder) }
        let free = Int(disk.f_bavail) * Int(disk.f_frsize)
        guard free >= byteCount else {
            throw TransferError(
                .disk, "\(folder) has room for \(free) bytes, and \(byteCount) are to come",
                advice: "Make room, or name a larger disk.")
        }
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

    private func path(of number: Int) -> String { "\(folder)/\(name(of: number))" }

    private func name(of number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, Self.digits - text.count)) + text
    }

    private func attempt(_ what: String, _ body: () throws -> Void) throws(TransferError) {
        do { try body() } catch {
            throw TransferError(.disk, "cannot \(what): \(error.localizedDescription)", advice: TransferError.room)
        }
    }
}
