import Foundation
import Glibc

/// A folder of this machine, which may be a volume that others see.
struct FolderStore: ObjectStore {
    let folder: String

    var place: String { "file://\(folder)" }

    func read(_ name: String, _ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void) throws(TransferError) {
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TransferError(
                errno == ENOENT ? .missing : .refused, "cannot read \(path): \(String(cString: strerror(errno)))",
                advice: TransferError.nothingThere)
        }
        defer { close(descriptor) }
        try FileBytes.read(descriptor, path, take)
    }

    func write(_ name: String, _ content: ObjectContent) throws(TransferError) {
        let target = "\(folder)/\(name)"
        let staging = "\(target).new"
        do {
            try FileManager.default.createDirectory(
                atPath: URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false),
                withIntermediateDirectories: true)
        } catch {
            throw TransferError(
                .disk, "cannot make a folder for \(target): \(error.localizedDescription)", advice: TransferError.room)
        }
        let output = try NewFile(staging)
        switch content {
        case .bytes(let bytes): try output.write(bytes)
        case .file(let file):
            let source = open(file, O_RDONLY | O_CLOEXEC)
            guard source >= 0 else { throw FileBytes.failure("read", file) }
            defer { close(source) }
            try FileBytes.read(source, file) { (bytes) throws(TransferError) in try output.write(bytes) }
        }
        try output.finish()
        guard rename(staging, target) == 0 else { throw FileBytes.failure("write", target) }
    }
}
