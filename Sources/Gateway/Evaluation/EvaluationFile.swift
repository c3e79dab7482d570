import Glibc
import Synchronization

/// The report that `kindred evaluate` wrote beside the models. It is looked for whenever somebody asks, so that a new one needs no
/// restart, and read and checked once.
final class EvaluationFile: Sendable {
    /// In the folder of the models.
    static let name = "evaluation.json"
    /// Reports have some ten kilobytes for each algorithm.
    static let maximumByteCount = 1 << 20
    private static let format = "kindred-evaluation/"

    /// What no two versions of the file have in common: those of ours are replaced and never changed in place.
    private struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
        let byteCount: Int
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            byteCount = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    private let path: String
    private let kept = Mutex<(identity: Identity, outcome: Result<[UInt8], Problem>)?>(nil)

    init(inModelsFolder folder: String) {
        path = folder.hasSuffix("/") ? folder + Self.name : "\(folder)/\(Self.name)"
    }

    /// The report as it stands in the file.
    func report() throws(Problem) -> [UInt8] {
        // Without waiting, as opening a pipe would for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard errno != ENOENT, errno != ENOTDIR else { throw Problem(.noEvaluation, Self.advice) }
            throw Self.unreadable("cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Self.unreadable("is no file")
        }
        let identity = Identity(status)
        if let kept = kept.withLock({ $0 }), kept.identity == identity { return try kept.outcome.get() }
        let outcome: Result<[UInt8], Problem>
        do throws(Problem) {
            outcome = .success(try Self.checked(Self.content(of: descriptor, byteCount: identity.byteCount)))
        } catch {
            outcome = .failure(error)
        }
        kept.withLock { $0 = (identity, outcome) }
        return try outcome.get()
    }

    private static func content(of descriptor: Int32, byteCount: Int) throws(Problem) -> [UInt8] {
        guard byteCount <= maximumByteCount else {
            throw unreadable("has \(byteCount) bytes where \(maximumByteCount) are allowed")
        }
        var content = [UInt8](repeating: 0, count: byteCount)
        var filled = 0
        while filled < byteCount {
            let count = content.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + filled, byteCount - filled) }
            if count == 0 { break }  // it became shorter meanwhile
            guard count > 0 || errno == EINTR else {
                throw unreadable("cannot be read: \(String(cString: strerror(errno)))")
            }
            filled += max(count, 0)
        }
        return Array(content[..<filled])
    }

    private static func checked(_ content: [UInt8]) throws(Problem) -> [UInt8] {
        let value: JSONValue
        do throws(JSONParser.Malformed) { value = try JSONParser.parse(content) } catch {
            throw unreadable("is no JSON: at byte \(error.offset) \(error.reason)")
        }
        guard case .object(let members) = value, case .string(let format) = members["format"], format.hasPrefix(Self.format)
        else {
            throw unreadable("is no report of an evaluation")
        }
        return content
    }

    private static func unreadable(_ reason: String) -> Problem {
        Problem(.unreadableEvaluation, "\(name) in the folder of the models \(reason). \(advice)")
    }

    private static let advice =
        "`kindred evaluate --output MODELS_FOLDER/\(name)` writes one; the server need not be started again."
}
