import Foundation
import NIOCore
import Testing

@testable import CLI

@Suite struct LoadReportTests {
    private var report: LoadReport {
        get throws {
            var figures = LoadFigures()
            (figures.askedRate, figures.seconds, figures.wallSeconds, figures.cpuSeconds) = (100, 10, 12, 0.5)
            (figures.answeredInTime, figures.sentRequests, figures.lastJobSeconds) = (990, 1200, 0.5)
            var rate = OperationFigures()
            for number in 1...900 { rate.record(.status(202, code: nil), isGood: true, nanoseconds: Int64(number) * 1_000_000) }
            for _ in 0..<90 { rate.record(.status(503, code: "queue_full"), isGood: false, nanoseconds: 1_000_000) }
            for _ in 0..<10 { rate.record(.failure(.timedOut), isGood: false, nanoseconds: 30_000_000_000) }
            figures.operations[.rate] = rate
            var jobs = JobFigures()
            jobs.accepted = 900
            for _ in 0..<9 { jobs.recordEnd("succeeded", nanoseconds: 5_000_000) }
            jobs.recordEnd("failed", nanoseconds: 7_000_000)
            jobs.unfinished = 2
            figures.jobs[.ratings] = jobs
            for _ in 0..<1000 { figures.lateness.record(nanoseconds: 100_000) }
            return LoadReport(
                settings: LoadSettings(), target: try LoadTarget(url: "http://localhost:8080"),
                population: LoadWorkloadTests.population,
                phase: LoadPhase(pace: .open(rate: 100), warmUp: .seconds(2), duration: .seconds(10)), figures: figures)
        }
    }

    @Test func percentilesAreThoseOfTheHistogram() {
        var latencies = LatencyHistogram()
        #expect(latencies.percentile(99) == 0 && latencies.maximum == 0 && latencies.count(above: 1) == 0)
        for number in 1...10_000 { latencies.record(nanoseconds: Int64(number) * 10_000) }
        for (percent, milliseconds) in [(50.0, 50.0), (90, 90), (99, 99), (99.9, 99.9), (100, 100)] {
            #expect(abs(latencies.percentile(percent) - milliseconds) <= milliseconds / 1000 * 1.01, "\(percent)")
        }
        #expect(latencies.count == 10_000 && abs(latencies.count(above: 90) - 1000) <= 10 && abs(latencies.mean - 50) < 0.1)
        latencies.record(nanoseconds: -5)
        latencies.record(nanoseconds: 3_600_000_000_000)
        #expect(abs(latencies.maximum - 3_600_000) < 3600)
        var other = LatencyHistogram()
        other.add(latencies)
        #expect(other.count == 10_002 && other.percentile(50) == latencies.percentile(50))
    }

    @Test func tellsEverythingToPrograms() throws {
        let text = try report.json.description
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let settings = try #require(json["settings"] as? [String: Any])
        #expect(settings["seed"] as? Int == 1 && settings["rate"] as? Double == 100 && settings["closedLoop"] is NSNull)
        #expect((settings["mix"] as? [String: Any])?["rate"] as? Double == 18)
        let figures = try #require(json["figures"] as? [String: Any])
        #expect(figures["requests"] as? Int == 1000 && figures["errors"] as? Int == 100)
        let rate = try #require((figures["operations"] as? [String: Any])?["rate"] as? [String: Any])
        #expect(rate["answers"] as? [String: Int] == ["202": 900])
        #expect(rate["errors"] as? [String: Int] == ["503 queue_full": 90, "timed out": 10])
        let p99 = try #require((rate["latency"] as? [String: Any])?["p99Ms"] as? Double)
        #expect(abs(p99 - 891) < 1)
        let jobs = try #require((figures["jobs"] as? [String: Any])?["ratings"] as? [String: Any])
        #expect(jobs["ended"] as? [String: Int] == ["succeeded": 9, "failed": 1] && jobs["unfinished"] as? Int == 2)
        #expect((json["generator"] as? [String: Any])?["wasBottleneck"] as? Bool == false)
    }

    @Test func tellsEverythingToPeople() throws {
        let text = try report.text
        #expect(
            text.hasPrefix("http://localhost:8080 (Films): 100 requests a second for 10.0 s after 2.0 s of warming up, seed 1\n"))
        for part in ["rate an item", "503 queue_full", "timed out", "9 succeeded, 1 failed, 2 not yet", "µs of CPU a request"] {
            #expect(text.contains(part), "\(part) is missing in:\n\(text)")
        }
        #expect(!text.contains("bottleneck") && !text.contains("NOT honest") && !text.contains("jobs a second"))
    }

    @Test func saysWhenTheGeneratorWasLate() throws {
        var figures = try report.figures
        for _ in 0..<20 { figures.lateness.record(nanoseconds: 6_000_000) }
        #expect(GeneratorVerdict(figures).wasBottleneck && GeneratorVerdict(figures).text?.contains("2.0 %") == true)
        figures = try report.figures
        figures.cpuSeconds = 11.5
        #expect(GeneratorVerdict(figures).wasBottleneck)
        let late = CapacityStep(rate: 100, figures: figures, limit: 1e9)
        #expect(!late.wasHeld)
    }

    @Test func saysThatAClosedLoopIsNotHonest() throws {
        let report = try report
        let phase = LoadPhase(pace: .closed(count: 8), warmUp: .zero, duration: .seconds(10))
        let closed = LoadReport(
            settings: report.settings, target: report.target, population: report.population, phase: phase, figures: report.figures
        )
        #expect(closed.text.contains("NOT honest") && closed.text.contains("8 at a time"))
        #expect(closed.text.contains("0.50 s after the last request was due: 86 jobs a second"))
    }

    @Test func saysWhyARateWasNotHeld() throws {
        #expect(
            CapacityStep(rate: 1, figures: try report.figures, limit: 1e9).reason?.hasPrefix("100 errors, most of them 503")
                == true)
        var figures = try report.figures
        figures.operations[.rate]?.errors = [:]
        figures.operations[.rate]?.failed = LatencyHistogram()
        #expect(CapacityStep(rate: 1, figures: figures, limit: 1e9).reason == "not every job succeeded in time")
        figures.jobs = [:]
        #expect(CapacityStep(rate: 1, figures: figures, limit: 500).reason?.contains("99 % of requests") == true)
        #expect(CapacityStep(rate: 1, figures: figures, limit: 1000).wasHeld)
    }

    @Test func findsTheHighestRate() {
        for capacity in [3.0, 90, 130, 1234, 50_000] {
            var search = CapacitySearch(start: 100, maximumSteps: 40)
            var tries = 0
            while let rate = search.next() {
                search.record(rate, wasHeld: rate <= capacity)
                tries += 1
            }
            let held = search.held ?? 0
            #expect(held <= capacity && held > capacity / 1.08 - 1, "\(capacity): \(held)")
            #expect(tries < 30)
        }
        var short = CapacitySearch(start: 100, maximumSteps: 2)
        while let rate = short.next() { short.record(rate, wasHeld: true) }
        #expect(short.held == 150)
    }

    @Test func drawsALine() {
        var line = LiveLine(asked: 200, total: 30)
        var snapshot = LoadSnapshot()
        (snapshot.elapsed, snapshot.sent, snapshot.answered, snapshot.isWarmingUp) = (1, 200, 190, true)
        #expect(
            line.text(snapshot).hasPrefix("1 s of 30 s  warming up  asked 200/s  sent 200/s  answered 190/s  in flight 0  p50"))
        (snapshot.elapsed, snapshot.sent, snapshot.answered, snapshot.isWarmingUp) = (1.5, 300, 300, false)
        (snapshot.inFlight, snapshot.following, snapshot.p99, snapshot.refusals503) = (3, 2, 8.14, 7)
        let text = line.text(snapshot)
        #expect(
            text.contains("sent 200/s  answered 220/s  in flight 5") && text.contains("p99 8.1 ms") && text.hasSuffix("503 7"))
    }
}
