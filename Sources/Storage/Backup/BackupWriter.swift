import Recommenders
import ServiceRuntime

/// A backup as it is written: beside its place until `commit()`.
struct BackupWriter: ~Copyable {
    private var file: FileReplacement
    private var checksum: UInt64
    private var block: [UInt8] = []
    private var keyCount: UInt64 = 0
    private var entryCount: UInt64 = 0

    init(path: String, createdAt: Timestamp) throws(BackupError) {
        var head: [UInt8] = []
        head.append(number: BackupFormat.magic)
        head.append(number: BackupFormat.version)
        head.append(number: UInt32(0))
        head.append(number: createdAt.milliseconds)
        checksum = XXHash64.checksum(of: head.span.bytes)
        file = try Self.begin(path, with: head)
    }

    private static func begin(_ path: String, with head: [UInt8]) throws(BackupError) -> FileReplacement {
        do throws(FileError) {
            var file = try FileReplacement(of: path)
            try file.append(head.span.bytes)
            return file
        } catch {
            throw BackupError(writing: error)
        }
    }

    mutating func append(_ record: BackupRecord) throws(BackupError) {
        block.append(record.kind.rawValue)
        block.append(number: UInt32(record.entries.count))
        block.append(text: ArraySlice(record.key.text.utf8))
        for entry in record.entries {
            block.append(text: entry.field)
            block.append(text: entry.value)
        }
        keyCount += 1
        entryCount += UInt64(record.entries.count)
        if block.count >= BackupFormat.blockByteCount { try flush() }
    }

    consuming func commit() throws(BackupError) {
        if !block.isEmpty { try flush() }
        var counts: [UInt8] = []
        counts.append(number: keyCount)
        counts.append(number: entryCount)
        checksum = XXHash64.checksum(of: counts.span.bytes, seed: checksum)
        var end: [UInt8] = []
        end.append(number: UInt32(0))
        end += counts
        end.append(number: checksum)
        try write(end)
        do throws(FileError) { try file.commit() } catch { throw BackupError(writing: error) }
    }

    private mutating func flush() throws(BackupError) {
        checksum = XXHash64.checksum(of: block.span.bytes, seed: checksum)
        var head: [UInt8] = []
        head.append(number: UInt32(block.count))
        head.append(number: checksum)
        try write(head)
        try write(block)
        block.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ bytes: [UInt8]) throws(BackupError) {
        do throws(FileError) { try file.append(bytes.span.bytes) } catch { throw BackupError(writing: error) }
    }
}
