import Glibc

/// Reading a file piece by piece.
enum FileBytes {
    private static let pieceSize = 1 << 18

    static func read(
        _ descriptor: Int32, _ path: String, _ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void
    ) throws(TransferError) {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, pieceSize)
            if count == 0 { return }
            if count > 0 {
                try take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            } else if errno != EINTR {
                throw failure("read", path)
            }
        }
    }

    /// What the system answered last.
    static func failure(_ attempt: String, _ path: String) -> TransferError {
        TransferError(.disk, "cannot \(attempt) \(path): \(String(cString: strerror(errno)))", advice: TransferError.room)
    }
}

/// A file in the making, on disk once it is finished.
final class NewFile {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(TransferError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw FileBytes.failure("write", path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TransferError) {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(descriptor, start, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw FileBytes.failure("write", path)
            }
        }
    }

    func write(_ bytes: [UInt8]) throws(TransferError) {
        try bytes.withUnsafeBytes { bytes in Result { () throws(TransferError) in try write(bytes) } }.get()
    }

    /// - Parameter writtenAt: what the file is to say of when it was written, in milliseconds since 1970.
    func finish(writtenAt: Int64? = nil) throws(TransferError) {
        if let writtenAt {
            let moment = timespec(tv_sec: Int(writtenAt / 1000), tv_nsec: Int(writtenAt % 1000) * 1_000_000)
            guard futimens(descriptor, [moment, moment]) == 0 else { throw FileBytes.failure("write", path) }
        }
        guard fsync(descriptor) == 0 else { throw FileBytes.failure("write", path) }
    }
}
