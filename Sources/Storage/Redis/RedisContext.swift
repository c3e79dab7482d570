import CHiredis
import Glibc

/// The owner of one `redisContext`, whose socket never blocks once it is connected.
///
/// After anything here has thrown, the context is of no use: its replies could be those of other commands. Drop it.
struct RedisContext: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>
    private var words: [UnsafePointer<CChar>?] = []
    private var lengths: [Int] = []

    /// Whether there are bytes that the socket did not take yet.
    private(set) var isWriting = false

    private init(owning context: UnsafeMutablePointer<redisContext>) {
        self.context = context
    }

    deinit { redisFree(context) }

    /// Blocks until there is a connection, at most for `timeout` per address of the host, and for its name to be looked up.
    static func connect(to address: RedisAddress, timeout: Duration) throws(StorageError) -> RedisContext {
        guard let port = Int32(exactly: address.port),
            let pointer = redisConnectWithTimeout(address.host, port, timeval(timeout))
        else {
            throw StorageError(.connectionFailed, "no connection could be made")
        }
        let context = RedisContext(owning: pointer)
        guard pointer.pointee.err == 0 else { throw StorageError(.connectionFailed, context.reason) }
        try context.keepAlive(giveUpAfter: timeout)
        try context.stopBlocking()
        return context
    }

    var descriptor: Int32 { context.pointee.fd }

    /// Leaves `command` to be sent by the next `flush()`.
    mutating func append(_ command: RedisCommand) throws(StorageError) {
        let status = command.bytes.withUnsafeBytes { bytes in
            words.removeAll(keepingCapacity: true)
            lengths.removeAll(keepingCapacity: true)
            let characters = bytes.assumingMemoryBound(to: CChar.self)
            var start = 0
            for end in command.ends {
                words.append(characters.baseAddress.map { $0 + start })
                lengths.append(end - start)
                start = end
            }
            return redisAppendCommandArgv(context, Int32(words.count), &words, &lengths)
        }
        guard status == REDIS_OK else { throw lost }
        isWriting = true
    }

    /// Sends as much of what was appended as the socket takes.
    mutating func flush() throws(StorageError) {
        guard isWriting else { return }
        var isDone: Int32 = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else { throw lost }
        isWriting = isDone == 0
    }

    /// Reads what has arrived.
    ///
    /// - Returns: whether there may be more.
    mutating func receive() throws(StorageError) -> Bool {
        let before = context.pointee.reader.pointee.len
        guard redisBufferRead(context) == REDIS_OK else { throw lost }
        return context.pointee.reader.pointee.len - before >= Self.readByteCount
    }

    /// The next reply out of what was read; nil when none is complete.
    mutating func nextReply() throws(StorageError) -> RedisReply? {
        var pointer: UnsafeMutableRawPointer?
        guard redisGetReplyFromReader(context, &pointer) == REDIS_OK else { throw lost }
        guard let pointer else { return nil }
        defer { freeReplyObject(pointer) }
        return RedisReply(copying: pointer.assumingMemoryBound(to: redisReply.self).pointee)
    }

    /// How much hiredis reads at once.
    private static let readByteCount = 16 * 1024

    private var lost: StorageError { StorageError(.connectionLost, reason) }

    private var reason: String {
        withUnsafeBytes(of: context.pointee.errstr) { bytes in
            let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            return text.isEmpty ? "error \(context.pointee.err)" : text
        }
    }

    /// Notices a peer that is gone without a word, while we wait for an answer and while we do not.
    private func keepAlive(giveUpAfter timeout: Duration) throws(StorageError) {
        var milliseconds = Int32(clamping: max(timeout, .seconds(5)).components.seconds * 1000)
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard redisEnableKeepAlive(context) == REDIS_OK,
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, size) == 0
        else { throw StorageError(.connectionFailed, "the socket refused its options") }
    }

    private func stopBlocking() throws(StorageError) {
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw StorageError(.connectionFailed, "the socket refused its options")
        }
        context.pointee.flags &= ~REDIS_BLOCK
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}

extension RedisReply {
    fileprivate init(copying reply: redisReply) {
        let bytes = reply.text
        switch reply.type {
        case REDIS_REPLY_STRING:
            self = .string(Array(bytes)[...])
        case REDIS_REPLY_STATUS:
            self = .status(String(decoding: bytes, as: UTF8.self))
        case REDIS_REPLY_INTEGER:
            self = .integer(reply.integer)
        case REDIS_REPLY_ERROR:
            self = .error(RedisErrorReply(message: String(decoding: bytes, as: UTF8.self)))
        case REDIS_REPLY_ARRAY:
            self = .array(Self.copying(UnsafeBufferPointer(start: reply.element, count: reply.elements)))
        default:
            self = .null
        }
    }

    /// All strings into one piece of memory: a profile has hundreds of them.
    private static func copying(_ elements: UnsafeBufferPointer<UnsafeMutablePointer<redisReply>?>) -> [RedisReply] {
        var shared: [UInt8] = []
        shared.reserveCapacity(elements.reduce(0) { $0 + ($1?.pointee.text.count ?? 0) })
        for case let element? in elements where element.pointee.type == REDIS_REPLY_STRING { shared += element.pointee.text }
        var start = 0
        return elements.map { element in
            guard let reply = element?.pointee else { return .null }
            guard reply.type == REDIS_REPLY_STRING else { return RedisReply(copying: reply) }
            defer { start += reply.text.count }
            return .string(shared[start..<start + reply.text.count])
        }
    }
}

extension redisReply {
    fileprivate var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: str, count: str == nil ? 0 : len) }
}
