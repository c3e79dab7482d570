import Jobs
import Testing

@testable import Messaging

@Suite struct RabbitMQTopologyTests {
    private var topology: RabbitMQTopology {
        var configuration = RabbitMQConfiguration()
        configuration.prefix = "here."
        return RabbitMQTopology(configuration)
    }

    /// What RabbitMQ 3.10 asks for before dead letters are safe.
    @Test func deadLettersLeaveAWorkQueueOnlyOnceTheyAreKept() {
        for name in ["here.ratings.apply", "here.recommend.interactive", "here.recommend.batch"] {
            let arguments = topology.queues.first { $0.name == name }?.arguments ?? []
            #expect(arguments["x-queue-type"] == "quorum")
            #expect(arguments["x-overflow"] == "reject-publish")
            #expect(arguments["x-dead-letter-strategy"] == "at-least-once")
            #expect(arguments["x-dead-letter-exchange"] == "here.dead")
        }
    }

    @Test func everyRouteEndsInTheQueueOfItsKindAndLane() {
        for kind in JobKind.allCases {
            for lane in JobLane.allCases {
                let route = topology.route(for: kind, in: lane)
                let bound = topology.bindings.filter { $0.exchange == route.exchange && $0.routingKey == route.routingKey }
                #expect(bound.contains { topology.withoutPrefix($0.queue) == RabbitMQTopology.workQueue(for: kind, in: lane) })
            }
        }
    }

    @Test func whatIsDeadIsBothKeptAndTold() {
        let bound = topology.bindings.filter { $0.exchange == "here.dead" }.map(\.queue)
        #expect(bound == ["here.jobs.dead", "here.jobs.obituaries"])
        #expect(topology.consumedQueues.contains("here.jobs.obituaries"))
        #expect(!topology.consumedQueues.contains("here.jobs.dead"))
    }
}

extension [(key: String, value: RabbitMQValue)] {
    fileprivate subscript(_ key: String) -> String? {
        for case (key, .string(let text)) in self { return text }
        return nil
    }
}
