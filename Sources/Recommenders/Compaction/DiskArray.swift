#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An array that is written from front to back and lies in a file without a name, so that it takes the disk's room and hardly any memory.
/// The file is gone when nobody holds the array any more, also after a crash.
final class DiskArray<Element: BitwiseCopyable & Sendable> {
    private static var bufferByteCount: Int { 1 << 16 }

    private let descriptor: Int32
    /// For errors.
    private let path: String
    private var buffer: [Element] = []
    private let bufferCapacity = max(1, bufferByteCount / MemoryLayout<Element>.stride)
    private(set) var count = 0

    /// - Parameter folder: on the disk that has room for it.
    init(inFolder folder: String) throws(FileError) {
        path = FilePath.inside(folder, ".\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp")
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(attempt: "write", path: path, number: errno) }
        unlink(path)
        buffer.reserveCapacity(bufferCapacity)
    }

    deinit { close(descriptor) }

    func append(_ element: Element) throws(FileError) {
        buffer.append(element)
        count += 1
        if buffer.count == bufferCapacity { try flush() }
    }

    func append(contentsOf elements: UnsafeBufferPointer<Element>) throws(FileError) {
        count += elements.count
        if buffer.count + elements.count <= bufferCapacity {
            buffer.append(contentsOf: elements)
        } else {
            try flush()
            try write(UnsafeRawBufferPointer(elements))
        }
    }

    /// The array as it was written; nothing is appended afterwards.
    func finish() throws(FileError) -> FlatArray<Element> {
        try flush()
        guard count > 0 else { return [] }
        return try MappedMemory(mapping: descriptor, path: path).bytes.bound(to: Element.self)
    }

    private func flush() throws(FileError) {
        let failure: FileError? = buffer.withUnsafeBytes { bytes in
            do throws(FileError) {
                try write(bytes)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Self.write(descriptor, part)
            guard count >= 0 || errno == EINTR else { throw FileError(attempt: "write", path: path, number: errno) }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        // Linux writes at most 2 GiB at once.
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, 1 << 26))
        #else
            Darwin.write(descriptor, bytes.baseAddress, min(bytes.count, 1 << 26))
        #endif
    }
}
