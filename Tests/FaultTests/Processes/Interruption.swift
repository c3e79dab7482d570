import Foundation
import Glibc
import Synchronization

/// What Ctrl-C and SIGTERM do: everything the harness started is killed, and its folder removed.
enum Interruption {
    private struct State {
        var pids: Set<pid_t> = []
        var folder: String?
    }

    private static let state = Mutex(State())

    static func forget(_ pid: pid_t, orRemember isStarted: Bool = false) {
        state.withLock { state in
            if isStarted { state.pids.insert(pid) } else { state.pids.remove(pid) }
        }
    }

    /// Call it before any thread exists: threads inherit which signals are blocked.
    static func handle(removing folder: String) {
        state.withLock { $0.folder = folder }
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Thread { [signals] in
            var signals = signals
            var number: Int32 = 0
            sigwait(&signals, &number)
            cleanUp()
            _exit(128 + number)
        }.start()
    }

    static func cleanUp(keepingFolder: Bool = false) {
        state.withLock { state in
            for pid in state.pids { kill(pid, SIGKILL) }
            for pid in state.pids { waitpid(pid, nil, 0) }
            state.pids = []
            if let folder = state.folder, !keepingFolder { try? FileManager.default.removeItem(atPath: folder) }
            state.folder = nil
        }
    }
}
