#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A whole file as read-only bytes, of which the system fetches only the pages that are looked at.
///
/// Nobody may shorten the file meanwhile: reading beyond a new end kills the process. Files of ours are only ever replaced.
struct MappedFile: ~Copyable, @unchecked Sendable {
    let byteCount: Int
    /// nil for an empty file, which cannot be mapped.
    private let address: UnsafeMutableRawPointer?

    init(path: String) throws(FileError) {
        // Without waiting, as opening a pipe would for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(attempt: "open", path: path, number: errno) }
        defer { close(descriptor) }
        try self.init(mapping: descriptor, path: path)
    }

    /// - Parameter path: for errors only. The descriptor may be closed afterwards.
    init(mapping descriptor: Int32, path: String) throws(FileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(attempt: "open", path: path, number: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw FileError(attempt: "read", path: path, number: isFolder ? EISDIR : EINVAL)
        }
        let size = Int(status.st_size)
        var mapping: UnsafeMutableRawPointer?
        if size > 0 {
            mapping = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
            guard mapping != MAP_FAILED else { throw FileError(attempt: "map", path: path, number: errno) }
        }
        byteCount = size
        address = mapping
    }

    deinit {
        if let address { munmap(address, byteCount) }
    }

    borrowing func withBytes<Result, Failure>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(buffer.span)
    }

    /// Valid while the file is mapped.
    var buffer: UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(start: address, count: byteCount).bindMemory(to: UInt8.self)
    }

    /// Says that the bytes there will not be looked at soon, so that they no longer count as this process's memory.
    func forget(_ places: Range<Int>) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (places.lowerBound + page - 1) / page * page
        let end = places.upperBound / page * page
        guard let address, start < end else { return }
        madvise(address + start, end - start, MADV_DONTNEED)
    }

    /// - Returns: 0 when there is no such file.
    static func byteCount(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
