package import Jobs

/// Where a worker gets its work: deliveries, each to be settled exactly once.
package protocol JobSource: Sendable {
    /// All deliveries that are there, waiting for one as long as it takes; none once the source was told to stop and has no more.
    ///
    /// A lost broker is waited for. What waiting alone does not mend (access refused, another topology) is thrown, once for each
    /// attempt to connect; the attempts go on, as somebody may mend it.
    func next() async throws(MessagingError) -> [JobDelivery]

    /// Whether jobs can come at present.
    var isConnected: Bool { get }

    /// Ends `next()`: nothing new is delivered; what was handed out can still be settled.
    func stop() async

    /// Leaves the broker for good, after everything that was settled has reached it. Deliveries not settled go to other workers.
    func close() async
}

/// A job that a worker holds, and what becomes of it.
package struct JobDelivery: Sendable {
    package let job: Job
    /// nil for work. Otherwise there is nothing to do but to write down that the job is dead, and to acknowledge; its message is kept
    /// for people elsewhere.
    package let death: JobDeath?
    /// How many times it was delivered before; 0 the first time.
    package let redeliveries: Int
    private let settle: @Sendable (Settlement) -> Void

    package init(
        job: Job, redeliveries: Int = 0, death: JobDeath? = nil, settle: @escaping @Sendable (Settlement) -> Void
    ) {
        self.job = job
        self.redeliveries = redeliveries
        self.death = death
        self.settle = settle
    }

    package enum Settlement: Hashable, Sendable {
        /// Done; the broker may forget it.
        case acknowledge
        /// Give it to somebody again; counts against the delivery limit.
        case requeue
        /// Nobody can do it: to the dead-letter queue.
        case discard
    }

    /// Tells the broker, without waiting for it. Settlements of a connection that was lost since are dropped: the broker delivers such
    /// jobs again.
    package func settle(as settlement: Settlement) { settle(settlement) }
}
