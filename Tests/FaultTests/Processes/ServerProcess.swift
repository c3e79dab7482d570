import Glibc
import Synchronization

/// A program that the harness started and can stop, continue and kill.
///
/// It dies with the harness, however that ends: the kernel kills it when the thread that started it is gone. So only the main thread
/// starts programs.
final class ServerProcess: Sendable {
    let name: String
    let pid: pid_t
    let logFile: String
    /// As `waitpid` gives it; nil while it runs. Held while a signal is sent, so that the pid is still ours.
    private let status = Mutex<Int32?>(nil)

    /// - Parameter environment: all that the program sees, beside `PATH`.
    init(_ name: String, _ command: [String], environment: [String: String] = [:], logFile: String) throws(HarnessError) {
        self.name = name
        self.logFile = logFile
        var environment = environment
        environment["PATH"] = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let mortal = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--"] + command
        pid = try Self.spawn(mortal, environment.map { "\($0.key)=\($0.value)" }, logFile: logFile)
        Interruption.forget(pid, orRemember: true)
    }

    deinit { kill() }

    var isRunning: Bool { status.withLock { Self.poll(pid, &$0) } }

    /// nil while it runs, or when a signal ended it.
    var exitCode: Int32? {
        status.withLock { status in
            guard !Self.poll(pid, &status), let status, status & 0x7F == 0 else { return nil }
            return status >> 8 & 0xFF
        }
    }

    /// The text it wrote.
    var log: String { (try? FileText.read(logFile)) ?? "" }

    func send(_ signal: Int32) {
        status.withLock { if Self.poll(pid, &$0) { _ = Glibc.kill(pid, signal) } }
    }

    /// Ends it as the kernel would when memory is short, and returns when it is gone.
    func kill() {
        send(SIGKILL)
        _ = waitUntilEnded(within: .seconds(20))
    }

    /// - Returns: how long it took; nil when it still runs.
    func waitUntilEnded(within limit: Duration) -> Duration? {
        let began = ContinuousClock.now
        return eventually(within: limit, every: .milliseconds(2)) { !isRunning } ? .now - began : nil
    }

    private static func poll(_ pid: pid_t, _ status: inout Int32?) -> Bool {
        guard status == nil else { return false }
        var word: Int32 = 0
        guard waitpid(pid, &word, WNOHANG) == pid else { return true }
        status = word
        Interruption.forget(pid)
        return false
    }

    /// `POSIX_SPAWN_SETSID`, which Glibc declares for GNU programs only.
    private static let sessionFlag: Int16 = 0x80

    private static func spawn(_ command: [String], _ environment: [String], logFile: String) throws(HarnessError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, logFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own, so that Ctrl-C reaches the harness only; and the harness' blocked signals are not inherited.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, sessionFlag | Int16(POSIX_SPAWN_SETSIGMASK))
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, command[0], &actions, &attributes, arguments, variables)
        guard code == 0 else { throw HarnessError("cannot start \(command): \(String(cString: strerror(code)))") }
        return pid
    }
}
