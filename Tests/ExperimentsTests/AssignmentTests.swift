import Experiments
import Recommenders
import ServiceRuntime
import Testing

@Suite struct AssignmentTests {
    /// The chance of a chi-squared value beyond these is one in a thousand; seeds are fixed, so they hold or do not.
    private static let limit = [1: 10.83, 2: 13.82, 3: 16.27, 9: 27.88]

    @Test(arguments: [[0.5, 0.5], [0.9, 0.1], [0.2, 0.3, 0.5]])
    func drawsVariantsInTheirShares(shares: [Double]) {
        let experiment = Samples.experiment(shares: shares)
        let counts = Samples.users(40_000).reduce(into: [:]) { $0[experiment.variant(of: $1)?.name ?? "none", default: 0] += 1 }
        let chiSquared = shares.enumerated().reduce(0.0) { sum, entry in
            let expected = 40_000 * entry.element
            let difference = Double(counts["v\(entry.offset)"] ?? 0) - expected
            return sum + difference * difference / expected
        }
        #expect(chiSquared < Self.limit[shares.count - 1] ?? 0)
    }

    @Test func asManyTakePartAsItSays() {
        let experiment = Samples.experiment(users: 0.3)
        let count = Samples.users(40_000).count { experiment.variant(of: $0) != nil }
        #expect(abs(Double(count) - 12_000) < 3.3 * (40_000 * 0.3 * 0.7).squareRoot())
    }

    /// Whom the users of the one get in the other, and whether they take part at all.
    @Test func experimentsDrawIndependently() {
        let (one, other) = (Samples.experiment("one", users: 0.5), Samples.experiment("other", users: 0.5))
        var table: [String: Int] = [:]
        for user in Samples.users(40_000) {
            table["\(one.variant(of: user)?.name ?? "-") \(other.variant(of: user)?.name ?? "-")", default: 0] += 1
        }
        let shares = ["v0": 0.25, "v1": 0.25, "-": 0.5]
        var chiSquared = 0.0
        for (first, share) in shares {
            for (second, otherShare) in shares {
                let expected = 40_000 * share * otherShare
                let difference = Double(table["\(first) \(second)"] ?? 0) - expected
                chiSquared += difference * difference / expected
            }
        }
        #expect(chiSquared < 26.12)  // one in a thousand at 8 degrees of freedom
    }

    @Test func usersStayInTheirVariants() throws {
        // As another implementation of XXH64 says: a change would move the users of every experiment that runs.
        let experiment = Samples.experiment(users: 0.8)
        let variants = try ["1", "2", "3", "4", "ä b/c", "6"].map { experiment.variant(of: try UserID($0))?.name ?? "-" }
        #expect(variants == Samples.knownVariants)
    }

    @Test func aVariantThatGrowsTakesUsersAndGivesNone() {
        let before = Samples.experiment(shares: [0.5, 0.25, 0.25])
        let after = Samples.experiment(shares: [0.6, 0.2, 0.2])
        var moved = 0
        for user in Samples.users(20_000) where before.variant(of: user)?.name != after.variant(of: user)?.name {
            moved += 1
            #expect(after.variant(of: user)?.name == "v0")
        }
        #expect(abs(Double(moved) - 2000) < 3.3 * (20_000 * 0.1 * 0.9).squareRoot())
    }

    @Test func moreUsersLeaveThoseThereAreWhereTheyAre() {
        let (few, many) = (Samples.experiment(users: 0.1), Samples.experiment(users: 0.4))
        for user in Samples.users(5000) {
            guard let variant = few.variant(of: user) else { continue }
            #expect(many.variant(of: user)?.name == variant.name)
        }
    }

    @Test func thePhaseTellsComparisonsApart() {
        let experiment = Samples.experiment()
        #expect(experiment.phase.utf8.count == 16)
        #expect(experiment.phase == Samples.experiment(users: 0.2).phase)
        #expect(experiment.phase != Samples.experiment(shares: [0.4, 0.6]).phase)
        #expect(experiment.phase != Samples.experiment("another").phase)
        #expect(experiment.phase != Samples.experiment(queries: [.init(), .init(algorithm: .popularity)]).phase)
    }
}

@Suite struct TreatmentTests {
    private let plan = ExperimentPlan([
        Samples.experiment("algorithms", queries: [.init(), .init(algorithm: .popularity)]),
        Samples.experiment("lengths", queries: [.init(count: 10), .init(count: 30)]),
    ])

    @Test func givesUsersWhatTheirVariantsSay() {
        for user in Samples.users(50) {
            let treatment = plan.treatment(of: user, asking: RecommendationQuery(genres: ["Drama"]), at: Samples.start)
            #expect(treatment.assignments.map(\.experiment) == ["algorithms", "lengths"])
            #expect(treatment.query.algorithm == (treatment.assignments[0].variant == "v1" ? .popularity : nil))
            #expect(treatment.query.count == (treatment.assignments[1].variant == "v1" ? 30 : 10))
            #expect(treatment.query.genres == ["Drama"])
            #expect(treatment.assignments[0].phase == plan["algorithms"]?.phase)
        }
    }

    @Test func whoNamesAnAlgorithmTakesPartInNothing() throws {
        let query = RecommendationQuery(algorithm: .classic)
        let treatment = plan.treatment(of: try UserID("1"), asking: query, at: Samples.start)
        #expect(treatment.query == query)
        #expect(treatment.assignments.isEmpty)
    }

    @Test func whoSaysWhatItIsAboutTakesNoPartInIt() throws {
        let treatment = plan.treatment(of: try UserID("1"), asking: RecommendationQuery(count: 5), at: Samples.start)
        #expect(treatment.query.count == 5)
        #expect(treatment.assignments.map(\.experiment) == ["algorithms"])
    }

    @Test func nobodyTakesPartBeforeAndAfter() throws {
        let user = try UserID("1")
        for moment in [Samples.start + .milliseconds(-1), Samples.end] {
            #expect(plan.treatment(of: user, asking: RecommendationQuery(), at: moment).assignments.isEmpty)
        }
    }

    @Test func onlyAssignmentsOfThisPhaseAndTimeAreCurrent() {
        let experiment = plan.experiments[0]
        let now = VariantAssignment(experiment: "algorithms", variant: "v0", phase: experiment.phase)
        let before = VariantAssignment(experiment: "algorithms", variant: "v0", phase: "0000000000000000")
        #expect(plan.current([now, before], at: Samples.start).map(\.1) == [now])
        #expect(plan.current([now], at: Samples.end).isEmpty)
        #expect(plan.observing(at: Samples.end).count == 2)
        #expect(plan.observing(at: Samples.end + experiment.window).isEmpty)
    }
}
