#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A new content for `path`, written beside it and put in its place at once by `commit()`.
///
/// Whoever opens `path` sees the old content or the new one, also after a power cut. A replacement that is dropped without
/// `commit()` leaves nothing behind. A link stays, and what it points to is replaced; devices, pipes and folders are refused.
package struct FileReplacement: ~Copyable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var isCommitted = false

    package init(of path: String) throws(FileError) {
        let path = Self.target(of: path)
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw FileError(attempt: "put a file in the place of", path: path, number: isFolder ? EISDIR : EPERM)
        }
        let beside = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        let opened = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw FileError(attempt: "write", path: path, number: errno) }
        self.path = path
        temporaryPath = beside
        descriptor = opened
    }

    /// Where `path` leads through links; itself where it leads nowhere.
    private static func target(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    deinit {
        close(descriptor)
        if !isCommitted { unlink(temporaryPath) }
    }

    package mutating func append(_ bytes: RawSpan) throws(FileError) {
        let failure: FileError? = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                // Linux writes at most 2 GiB at once; less keeps an interrupted write short.
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, min(rest.count, 1 << 26))
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return FileError(attempt: "write", path: path, number: errno)
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Makes the content durable, then visible under `path`, then the name durable.
    package consuming func commit() throws(FileError) {
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
            throw FileError(attempt: "write", path: path, number: errno)
        }
        isCommitted = true
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let folderDescriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard folderDescriptor >= 0 else { throw FileError(attempt: "sync", path: folder, number: errno) }
        defer { close(folderDescriptor) }
        guard fsync(folderDescriptor) == 0 else { throw FileError(attempt: "sync", path: folder, number: errno) }
    }

    /// Replaces the content of `path` by `bytes`.
    static func replace(_ path: String, by bytes: [UInt8]) throws(FileError) {
        var replacement = try FileReplacement(of: path)
        try replacement.append(bytes.span.bytes)
        try replacement.commit()
    }
}
