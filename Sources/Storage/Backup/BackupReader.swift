import Glibc
import Recommenders
import ServiceRuntime

/// A backup, block by block. Nothing comes out of it that its checksums do not vouch for; that all of it is sound is known at its end.
struct BackupReader: ~Copyable {
    let createdAt: Timestamp
    let byteCount: Int
    private(set) var place = 0
    private let descriptor: Int32
    private let headChecksum: UInt64
    private var checksum: UInt64
    private var keyCount: UInt64 = 0
    private var entryCount: UInt64 = 0

    init(path: String) throws(BackupError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw Self.unreadable(path) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw BackupError(.unreadable, "\(path) is no file")
        }
        let head: [UInt8]
        do throws(BackupError) {
            head = try Self.read(BackupFormat.headByteCount, from: opened, at: 0)
        } catch {
            close(opened)
            throw error.code == .damaged ? BackupError(.otherKind, "\(path) is no backup of ours") : error
        }
        var fields = BackupFields(head)
        let (magic, version) = (fields.number(UInt64.self), fields.number(UInt32.self))
        _ = fields.number(UInt32.self)
        guard magic == BackupFormat.magic, let moment = fields.number(Int64.self) else {
            close(opened)
            throw BackupError(.otherKind, "\(path) is no backup of ours")
        }
        guard version == BackupFormat.version else {
            close(opened)
            throw BackupError(.otherKind, "\(path) was written by another version of kindred")
        }
        descriptor = opened
        createdAt = Timestamp(milliseconds: moment)
        byteCount = Int(status.st_size)
        headChecksum = XXHash64.checksum(of: head.span.bytes)
        checksum = headChecksum
        place = head.count
    }

    deinit { close(descriptor) }

    /// Begins again, with the same file even if another one has its name by now.
    mutating func rewind() {
        place = BackupFormat.headByteCount
        checksum = headChecksum
        (keyCount, entryCount) = (0, 0)
    }

    /// The records of the next block; nil at the end, once the counts there were found right.
    mutating func next() throws(BackupError) -> [BackupRecord]? {
        var length = BackupFields(try take(4))
        guard let count = length.number(UInt32.self).map(Int.init), count > 0 else {
            try checkEnd()
            return nil
        }
        let start = place
        guard count <= BackupFormat.maximumBlockByteCount, count <= byteCount - place else {
            throw .damaged(at: start, "it ends within a block")
        }
        var head = BackupFields(try take(8))
        let block = try take(count)
        checksum = XXHash64.checksum(of: block.span.bytes, seed: checksum)
        guard head.number() == checksum else { throw .damaged(at: start, "a checksum differs") }
        var fields = BackupFields(block)
        var records: [BackupRecord] = []
        while !fields.isAtEnd {
            guard let record = Self.record(from: &fields) else {
                throw .damaged(at: start, "there is something that we do not write")
            }
            records.append(record)
            keyCount += 1
            entryCount += UInt64(record.entries.count)
        }
        return records
    }

    private static func record(from fields: inout BackupFields) -> BackupRecord? {
        guard let kind = fields.number(UInt8.self).flatMap(DataKind.init(rawValue:)), let count = fields.number(UInt32.self),
            let text = fields.text().flatMap({ String(validating: $0, as: UTF8.self) }), let key = kind.key(text)
        else { return nil }
        var entries: [BackupRecord.Entry] = []
        for _ in 0..<count {
            guard let field = fields.text(), let value = fields.text() else { return nil }
            entries.append(BackupRecord.Entry(field: field, value: value))
        }
        let record = BackupRecord(kind: kind, key: key, entries: entries)
        return record.isSound ? record : nil
    }

    private mutating func checkEnd() throws(BackupError) {
        let start = place
        let counts = try take(16)
        checksum = XXHash64.checksum(of: counts.span.bytes, seed: checksum)
        var (fields, last) = (BackupFields(counts), BackupFields(try take(8)))
        guard last.number() == checksum, fields.number() == keyCount, fields.number() == entryCount else {
            throw .damaged(at: start, "the counts at its end differ")
        }
        guard place == byteCount else { throw .damaged(at: place, "it goes on after its end") }
    }

    private mutating func take(_ count: Int) throws(BackupError) -> [UInt8] {
        let bytes = try Self.read(count, from: descriptor, at: place)
        place += count
        return bytes
    }

    private static func read(_ count: Int, from descriptor: Int32, at place: Int) throws(BackupError) -> [UInt8] {
        var number: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(buffer).baseAddress.map { $0 + filled }
                let taken = pread(descriptor, rest, count - filled, off_t(place + filled))
                if taken > 0 {
                    filled += taken
                } else if taken == 0 || errno != EINTR {
                    number = taken == 0 ? 0 : errno
                    return
                }
            }
        }
        guard number == 0 else {
            throw BackupError(.unreadable, "the backup cannot be read: \(String(cString: strerror(number)))")
        }
        guard bytes.count == count else { throw .damaged(at: place + bytes.count, "it ends early") }
        return bytes
    }

    private static func unreadable(_ path: String) -> BackupError {
        BackupError(.unreadable, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
