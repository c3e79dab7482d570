#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system answered when it refused to do something with a file.
package struct FileError: Error, Equatable {
    /// What was tried, as a verb: "open", "write to".
    let attempt: String
    let path: String
    /// The system's number for the reason (`errno`).
    package let number: Int32

    var isMissingFile: Bool { number == ENOENT || number == ENOTDIR }

    var isFolder: Bool { number == EISDIR }

    /// One sentence for people, with the path and the reason.
    package var message: String {
        "cannot \(attempt) \(path): \(String(cString: strerror(number)))"
    }
}
