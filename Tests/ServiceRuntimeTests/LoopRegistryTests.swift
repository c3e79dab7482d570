import Dispatch
import TestSupport
import Testing

@testable import ServiceRuntime

@Suite(.timeLimit(.minutes(1))) struct LoopRegistryTests {
    @Test func namesALoopThatHangsUntilItTurnsAgain() async throws {
        let registry = LoopRegistry()
        let stuck = ConnectionThread(name: "stuck", registry: registry)
        let idle = ConnectionThread(name: "idle", registry: registry)
        let mayGoOn = DispatchSemaphore(value: 0)
        stuck.start {
            mayGoOn.wait()
            return .init()
        }
        idle.start { .init() }
        #expect(try await eventually { registry.stalled(for: .seconds(3)) == ["stuck"] })
        for _ in 0..<1000 { mayGoOn.signal() }
        #expect(try await eventually { registry.stalled(for: .seconds(3)).isEmpty })
        for thread in [stuck, idle] { thread.stop() }
    }

    @Test func doesNotTakeAnAnnouncedWaitForAHang() async throws {
        let registry = LoopRegistry()
        let pulse = registry.add("dialling")
        pulse.excuse(for: .seconds(600))
        #expect(registry.stalled(for: .zero).isEmpty)
        #expect(registry.stalled(for: .seconds(-601)) == ["dialling"])
        pulse.turn()
        #expect(try await eventually { registry.stalled(for: .zero) == ["dialling"] })
    }

    @Test func forgetsALoopThatHasEnded() async throws {
        let registry = LoopRegistry()
        let thread = ConnectionThread(name: "brief", registry: registry)
        #expect(registry.stalled(for: .seconds(-60)) == ["brief"])
        thread.stop()
        #expect(try await eventually { registry.stalled(for: .seconds(-60)).isEmpty })
    }
}
