import Foundation
import TestSupport
import Testing

@testable import Passwords

@Suite(.timeLimit(.minutes(1))) struct HashingDeskTests {
    @Test func doesTwoAtOnceAndKeepsTheOthersWaiting() async throws {
        let desk = HashingDesk(threads: 2, room: 20)
        let door = Door()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<22 {
                group.addTask { try await desk.compute { door.pass(number) } }
            }
            defer { door.open() }  // whatever happens, or nobody would ever be done
            try #require(await eventually { desk.waiting == 20 && door.state.waiting == 2 })
            await #expect(throws: PasswordError.busy(retryAfter: .seconds(1))) { try await desk.compute { 0 } }
            #expect(door.state.passed == 0)
            door.open()
            #expect(try await group.reduce(into: Set<Int>()) { $0.insert($1) } == Set(0..<22))
        }
        #expect(door.state.most == 2)
        #expect(try await desk.compute { 1 } == 1)  // and there is room again
    }

    @Test func saysWhatWentWrong() async {
        let desk = HashingDesk(threads: 1, room: 0)
        await #expect(throws: PasswordError.failed(code: -22)) {
            try await desk.compute { () throws(PasswordError) -> Int in throw .failed(code: -22) }
        }
    }

    /// A thread of the pool would keep its priority for whatever comes after.
    @Test func runsOnThreadsOfItsOwnThatGiveWayToOthers() async throws {
        let desk = HashingDesk(threads: 1, room: 0)
        let niceness = try await desk.compute { HashingDesk.niceness }
        #expect(niceness == HashingDesk.niceness + HashingDesk.courtesy)
    }
}

/// Lets nobody through before it is opened.
private final class Door: @unchecked Sendable {  // the condition's lock is held wherever the state is touched
    struct State {
        var (isOpen, waiting, most, passed) = (false, 0, 0, 0)
    }

    private let condition = NSCondition()
    private var current = State()

    var state: State { condition.withLock { current } }

    func open() {
        condition.withLock { current.isOpen = true }
        condition.broadcast()
    }

    func pass(_ number: Int) -> Int {
        condition.withLock {
            current.waiting += 1
            current.most = max(current.most, current.waiting)
            while !current.isOpen { condition.wait() }
            current.waiting -= 1
            current.passed += 1
            return number
        }
    }
}
