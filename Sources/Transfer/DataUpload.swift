import Foundation
import Glibc
package import ServiceRuntime

/// Publishes a folder of files, or again what was published before: the files first, the manifest that lists them last.
package struct DataUpload {
    private let store: any ObjectStore
    private let moment: Timestamp

    /// - Parameter moment: what the manifest says of when it was made.
    package init(to store: any ObjectStore, at moment: Timestamp = .now) {
        self.store = store
        self.moment = moment
    }

    /// All files of a folder and the folders in it, but for hidden ones.
    package func publish(_ folder: String) throws(TransferError) -> DataManifest {
        let names = try names(in: folder)
        guard !names.isEmpty else {
            throw TransferError(
                .unusable, "there are no files in \(folder)", advice: "Name the folder that holds the ratings file.")
        }
        let number = try lastNumber() + 1
        var files: [DataManifest.File] = []
        for name in names {
            let file = try Self.described(name, in: folder)
            try store.write("files/\(file.sha256)", .file("\(folder)/\(name)"))
            files.append(file)
        }
        return try publish(number, files)
    }

    /// Makes what was published as `old` the newest again. Its files have to be there still.
    package func publishAgain(_ old: Int) throws(TransferError) -> DataManifest {
        let bytes = try store.content(of: Self.name(of: old), atMost: DataManifest.maximumByteCount)
        let manifest = try DataManifest(parsing: bytes, from: store.place)
        return try publish(try lastNumber() + 1, manifest.files)
    }

    private func publish(_ number: Int, _ files: [DataManifest.File]) throws(TransferError) -> DataManifest {
        let manifest = DataManifest(number: number, createdAt: moment.iso8601, files: files)
        try store.write(Self.name(of: number), .bytes(manifest.bytes))
        try store.write("manifest.json", .bytes(manifest.bytes))
        return manifest
    }

    /// 0 where nothing was published yet.
    private func lastNumber() throws(TransferError) -> Int {
        let bytes: [UInt8]
        do throws(TransferError) {
            bytes = try store.content(of: "manifest.json", atMost: DataManifest.maximumByteCount)
        } catch  where error.code == .missing {
            return 0
        }
        return try DataManifest(parsing: bytes, from: store.place).number
    }

    private static func name(of number: Int) -> String { "manifests/\(number).json" }

    private func names(in folder: String) throws(TransferError) -> [String] {
        guard let enumerator = FileManager.default.enumerator(atPath: folder) else {
            throw TransferError(.unusable, "cannot look into \(folder)", advice: "Is there such a folder?")
        }
        var names: [String] = []
        for case let name as String in enumerator {
            guard !name.split(separator: "/").contains(where: { $0.first == "." }) else { continue }
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0 else { throw FileBytes.failure("read", "\(folder)/\(name)") }
            guard status.st_mode & S_IFMT == S_IFREG else { continue }
            guard DataManifest.isName(name) else {
                throw TransferError(
                    .unusable, "the name of \(folder)/\(name) cannot be published",
                    advice: "Rename it to letters, digits, points, hyphens and underscores.")
            }
            names.append(name)
        }
        return names.sorted()
    }

    private static func described(_ name: String, in folder: String) throws(TransferError) -> DataManifest.File {
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileBytes.failure("read", path) }
        defer { close(descriptor) }
        var digest = SHA256()
        var byteCount = 0
        try FileBytes.read(descriptor, path) { (bytes) throws(TransferError) in
            byteCount += bytes.count
            digest.update(bytes)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileBytes.failure("read", path) }
        let writtenAt = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
        return DataManifest.File(name: name, byteCount: byteCount, sha256: digest.finish(), writtenAt: writtenAt)
    }
}
