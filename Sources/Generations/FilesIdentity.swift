import Glibc
import Recommenders

/// What no two states of the files that are served have in common, as long as files are replaced and not changed in place.
struct FilesIdentity: Hashable, Sendable {
    private struct File: Hashable {
        let path: String
        let device: UInt64
        let inode: UInt64
        let byteCount: Int
        let seconds: Int
        let nanoseconds: Int

        /// - Returns: nil when there is no such file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.path = path
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            byteCount = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    private let ratings: File?
    private let models: [File]

    /// Looks through links: at the files themselves.
    init(_ places: ResolvedPlaces) {
        ratings = File(places.ratingsFile)
        models = places.models.files.compactMap(File.init)
    }

    /// When the ratings file was written, in milliseconds since 1970; nil when it is missing.
    var writtenAt: Int64? { ratings.map { Int64($0.seconds) * 1000 + Int64($0.nanoseconds) / 1_000_000 } }
}

/// Where the configured places lead at one moment, so that all files of a generation are taken from the same one.
struct ResolvedPlaces: Sendable {
    let ratingsFile: String
    let models: ModelFolder
    /// Of the generation; nil for files that are replaced one by one.
    let number: Int?

    init(_ places: DataPlaces) {
        ratingsFile = Self.resolved(places.ratingsFile)
        let generation = Self.folder(of: ratingsFile)
        number = DataFolder.number(ofFolder: generation)
        // The link to the current generation may have been moved since: what belongs to the ratings file counts.
        let isInGeneration =
            number != nil && places.modelsFolder.hasSuffix("/" + DataFolder.modelsName)
            && Self.folder(of: places.modelsFolder) == Self.folder(of: places.ratingsFile)
        models = ModelFolder(isInGeneration ? "\(generation)/\(DataFolder.modelsName)" : Self.resolved(places.modelsFolder))
    }

    /// Without links; as it was given where nothing is.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
