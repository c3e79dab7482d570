import Glibc
import TestSupport
import Testing

@testable import Messaging

@Suite(.timeLimit(.minutes(1))) struct SocketWatchdogTests {
    @Test func endsACallThatDoesNotReturn() {
        let watchdog = SocketWatchdog(look: {})
        watchdog.allow(.milliseconds(200))
        withSocket { socket, _ in
            watchdog.watch(socket)
            watchdog.enter()
            var byte: UInt8 = 0
            #expect(recv(socket, &byte, 1, 0) == 0)
            watchdog.leave()
            watchdog.forget()
        }
    }

    @Test func leavesConnectionsAloneThatAreOutsideACall() async throws {
        let looks = LineCounter()
        let watchdog = SocketWatchdog { looks.count() }
        watchdog.allow(.milliseconds(1))
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        watchdog.watch(ends[0])
        watchdog.enter()
        watchdog.leave()
        let before = looks.warnings
        #expect(try await eventually { looks.warnings > before + 2 })
        var byte: UInt8 = 42
        #expect(send(ends[1], &byte, 1, 0) == 1)
        #expect(recv(ends[0], &byte, 1, 0) == 1)
        watchdog.forget()
        for end in ends { close(end) }
    }

    private func withSocket(_ body: (Int32, Int32) -> Void) {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        body(ends[0], ends[1])
        for end in ends { close(end) }
    }
}
