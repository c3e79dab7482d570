import Foundation
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

/// A folder of its own for the backups of one test, gone afterwards.
final class BackupFolder {
    private let path = NSTemporaryDirectory() + "kindred-backup-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/ratings.backup" }

    var contents: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: URL(filePath: file))) } }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: file)) }

    /// Writes a backup of these profiles, without any server.
    func write(_ profiles: [(user: UserID, updates: [RatingUpdate])]) throws {
        try write(
            records: profiles.map { user, updates in
                let entries = updates.map { update in
                    let value = update.version.description + (update.rating.map(\.description) ?? "")
                    return BackupRecord.Entry(field: ArraySlice(update.item.rawValue.utf8), value: ArraySlice(value.utf8))
                }
                return BackupRecord(kind: .profile, key: .profile(of: user), entries: entries)
            })
    }

    /// Writes a backup of these keys, without any server.
    func write(records: [BackupRecord]) throws {
        var writer = try BackupWriter(path: file, createdAt: Timestamp(milliseconds: 1_700_000_000_000))
        for record in records { try writer.append(record) }
        try writer.commit()
    }

    /// The code of the error by which a restore refuses the file; nil when it did not.
    ///
    /// Nobody answers at the address that it is restored to, so that anything which was sent there would be another error.
    func refusal() async throws -> BackupError.Code? {
        var nowhere = RedisConfiguration()
        nowhere.port = 1
        let storage = RedisStorage(nowhere, logger: .silent)
        var code: BackupError.Code?
        do { _ = try await storage.restore(from: file) } catch let error as BackupError {
            code = error.code
        } catch is StorageError {}
        await storage.close()
        return code
    }
}

/// Runs `body` with an empty Redis of its own.
func withStorage(_ body: (RedisStorage) async throws -> Void) async throws {
    let server = try await RedisProcess(["--appendonly", "no"])
    let storage = RedisStorage(.test(port: server.port), logger: .silent)
    try await body(storage)
    await storage.close()
}
