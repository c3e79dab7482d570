import Foundation

/// Another program, run to its end, and what it took.
struct ChildProcess {
    struct Outcome {
        let output: String
        let wallSeconds: Double
        let cpuSeconds: Double
        /// The most memory that it held at once, what it shared with others included.
        let peakBytes: Int
    }

    /// The program that runs now, with other arguments.
    ///
    /// - Throws: when it cannot be run or fails; it has said why on standard error then.
    static func runSelf(_ arguments: [String]) throws(CommandFailure) -> Outcome {
        let path = "/proc/self/exe"
        let output = Pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output.fileHandleForWriting.fileDescriptor, STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, output.fileHandleForReading.fileDescriptor)

        var texts: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        texts.append(nil)
        defer { for text in texts { free(text) } }
        let began = ContinuousClock.now
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, nil, texts, environ) == 0 else {
            throw CommandFailure(.failure, "cannot start \(path) again", advice: nil)
        }
        try? output.fileHandleForWriting.close()
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = (ContinuousClock.now - began) / .seconds(1)
        guard status == 0 else {
            throw CommandFailure(.failure, "kindred \(arguments.joined(separator: " ").onOneLine) failed")
        }
        return Outcome(
            output: String(decoding: data, as: UTF8.self), wallSeconds: wall,
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakBytes: usage.ru_maxrss * 1024)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
