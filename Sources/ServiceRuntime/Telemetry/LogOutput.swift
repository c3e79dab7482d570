import Glibc
import Synchronization

/// Where records go. One call is one whole record with its line end.
protocol LogOutput: Sendable {
    func write(_ record: [UInt8])
}

/// The process's standard error: a record is one `write`, and the records of two threads never mix.
///
/// Nothing is buffered, so the last words of a process that dies are there too.
final class StandardErrorOutput: LogOutput {
    static let shared = StandardErrorOutput()

    private let turn = Mutex(())

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// What cannot be written is lost: a service does not stop because nobody reads its log.
    func write(_ record: [UInt8]) {
        turn.withLock { _ in
            record.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = Glibc.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count >= 0 {
                        rest = rest.dropFirst(count)
                    } else if errno == EAGAIN {
                        var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                        guard poll(&ready, 1, 1000) == 1 else { return }
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}
