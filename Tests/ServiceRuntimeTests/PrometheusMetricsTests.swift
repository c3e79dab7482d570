import Metrics
import Testing

@testable import ServiceRuntime

@Suite struct PrometheusMetricsTests {
    let metrics = PrometheusMetrics(service: "test")

    private func page() throws -> ExpositionParser { try ExpositionParser(metrics.exposition()) }

    @Test func showsACounter() throws {
        metrics.describe("jobs_total", "Jobs that ended.\nAll \\ of them.")
        let jobs = Counter(label: "jobs_total", dimensions: [("kind", "ratings")], factory: metrics)
        jobs.increment()
        jobs.increment(by: 41)
        let page = try page()
        #expect(page.value("jobs_total", ["kind": "ratings"]) == 42)
        #expect(page.types["jobs_total"] == "counter")
        #expect(page.help["jobs_total"] == "Jobs that ended.\\nAll \\\\ of them.")
        #expect(metrics.exposition().contains("\njobs_total{kind=\"ratings\"} 42\n"))
    }

    @Test func aCounterNeverFalls() throws {
        let counter = Counter(label: "a_total", factory: metrics)
        counter.increment(by: 5)
        counter.increment(by: -3)
        #expect(try page().value("a_total") == 5)
        counter.reset()
        #expect(try page().value("a_total") == 0)
    }

    @Test func addsFractionsToTheSameCounter() throws {
        Counter(label: "cost_total", factory: metrics).increment(by: 2)
        let fractions = FloatingPointCounter(label: "cost_total", factory: metrics)
        fractions.increment(by: 0.5)
        fractions.increment(by: Double.nan)
        fractions.increment(by: -1.0)
        #expect(try page().value("cost_total") == 2.5)
    }

    @Test func showsGauges() throws {
        Recorder(label: "depth", aggregate: false, factory: metrics).record(7)
        let meter = Meter(label: "temperature", factory: metrics)
        meter.set(20.5)
        meter.increment(by: 2.0)
        meter.decrement(by: 0.5)
        let page = try page()
        #expect(page.value("depth") == 7 && page.types["depth"] == "gauge")
        #expect(page.value("temperature") == 22)
    }

    @Test(arguments: [(Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"), (0.1, "0.1")])
    func writesNumbersAsPrometheusReadsThem(value: Double, text: String) {
        Meter(label: "value", factory: metrics).set(value)
        #expect(
            metrics.exposition().contains("\nvalue \(text)\n")
                || metrics.exposition().hasPrefix("# TYPE value gauge\nvalue \(text)\n"))
    }

    @Test func countsDurationsInSeconds() throws {
        let timer = Timer(label: "job_seconds", dimensions: [("kind", "x")], factory: metrics)
        timer.recordNanoseconds(500_000)  // exactly the first bound, which counts as below it
        timer.recordNanoseconds(3_000_000)
        timer.recordSeconds(100)
        let page = try page()
        #expect(page.types["job_seconds"] == "histogram")
        #expect(page.value("job_seconds_bucket", ["kind": "x", "le": "0.0005"]) == 1)
        #expect(page.value("job_seconds_bucket", ["kind": "x", "le": "0.0025"]) == 1)
        #expect(page.value("job_seconds_bucket", ["kind": "x", "le": "0.005"]) == 2)
        #expect(page.value("job_seconds_bucket", ["kind": "x", "le": "30"]) == 2)
        #expect(page.value("job_seconds_bucket", ["kind": "x", "le": "+Inf"]) == 3)
        #expect(page.value("job_seconds_count", ["kind": "x"]) == 3)
        #expect(try #require(page.value("job_seconds_sum", ["kind": "x"])).isNear(100.0035))
    }

    @Test func givesEveryTimerItsUnit() throws {
        Timer(label: "http.server.request.duration", factory: metrics).recordMilliseconds(20)
        #expect(try page().value("http_server_request_duration_seconds_count") == 1)
    }

    @Test func countsAmountsInWiderBuckets() throws {
        let sizes = Recorder(label: "batch_items", factory: metrics)
        for size in [1, 3, 1_000_000_000] { sizes.record(size) }
        sizes.record(Double.nan)
        let page = try page()
        #expect(page.value("batch_items_bucket", ["le": "1"]) == 1)
        #expect(page.value("batch_items_bucket", ["le": "5"]) == 2)
        #expect(page.value("batch_items_count") == 3)
    }

    @Test(arguments: [
        "plain", "", "with \"quotes\"", "back\\slash", "line\nbreak", "\\n", "\"} 1\nforged 2", "日本語 🎬", "tab\tnull\0", "é\r\n",
    ])
    func keepsHostileLabelValues(value: String) throws {
        Counter(label: "a_total", dimensions: [("value", value)], factory: metrics).increment()
        let page = try page()
        #expect(page.value("a_total", ["value": value]) == 1)
        #expect(page.value("forged") == nil)
    }

    @Test func makesNamesThatPrometheusAccepts() throws {
        Counter(label: "1st-counter total!", dimensions: [("a.b", "x"), ("9", "y"), ("", "z")], factory: metrics).increment()
        #expect(try page().value("_1st_counter_total_", ["a_b": "x", "_9": "y", "_": "z"]) == 1)
        Timer(label: "t_seconds", dimensions: [("le", "mine")], factory: metrics).recordSeconds(1)
        #expect(try page().value("t_seconds_count", ["le_": "mine"]) == 1)
    }

    @Test func givesOneNameAndDimensionsOneValue() throws {
        Counter(label: "a_total", dimensions: [("x", "1"), ("y", "2")], factory: metrics).increment()
        Counter(label: "a_total", dimensions: [("y", "2"), ("x", "1")], factory: metrics).increment()
        Counter(label: "a_total", dimensions: [("x", "0"), ("x", "1"), ("y", "2")], factory: metrics).increment()
        Counter(label: "a_total", dimensions: [("x", "2"), ("y", "2")], factory: metrics).increment()
        let page = try page()
        #expect(page.value("a_total", ["x": "1", "y": "2"]) == 3)
        #expect(page.value("a_total", ["x": "2", "y": "2"]) == 1)
    }

    @Test func refusesASecondKindUnderOneName() throws {
        Counter(label: "thing", factory: metrics).increment()
        Meter(label: "thing", factory: metrics).set(99)
        let page = try page()
        #expect(page.value("thing") == 1)
        #expect(page.types["thing"] == "counter")
        #expect(page.comments == ["thing is a counter, so the gauge of that name is not shown"])
    }

    @Test func forgetsWhatIsDestroyed() throws {
        let first = Counter(label: "a_total", dimensions: [("x", "1")], factory: metrics)
        let second = Counter(label: "a_total", dimensions: [("x", "2")], factory: metrics)
        first.increment()
        first.destroy()
        #expect(try page().value("a_total", ["x": "1"]) == nil)
        #expect(try page().value("a_total", ["x": "2"]) == 0)
        second.destroy()
        #expect(try page().types["a_total"] == nil)
        let timer = Timer(label: "t_seconds", factory: metrics)
        timer.destroy()
        #expect(try page().types["t_seconds"] == nil)
        Meter(label: "t_seconds", factory: metrics).set(1)
        #expect(try page().types["t_seconds"] == "gauge")
    }

    @Test func hasOneOrderWhateverTheOrderOfMaking() {
        let other = PrometheusMetrics(service: "test")
        let labels = (0..<50).map { "metric_\($0 % 10)_total" }
        for (place, label) in labels.enumerated() { _ = metrics.makeCounter(label: label, dimensions: [("x", "\(place)")]) }
        for (place, label) in labels.enumerated().reversed() {
            _ = other.makeCounter(label: label, dimensions: [("x", "\(place)")])
        }
        func ours(_ page: String) -> String { String(page.split(separator: "# HELP process_cpu")[0]) }
        #expect(ours(metrics.exposition()) == ours(other.exposition()))
    }

    @Test func losesNoUpdateFromManyThreads() async throws {
        let counter = Counter(label: "a_total", factory: metrics)
        let fractions = FloatingPointCounter(label: "b_total", factory: metrics)
        let meter = Meter(label: "c", factory: metrics)
        let timer = Timer(label: "d_seconds", factory: metrics)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [metrics] in
                    // One kind after the other, so that the threads meet at the same value.
                    for _ in 0..<100_000 { fractions.increment(by: 0.25) }
                    for _ in 0..<100_000 { meter.increment(by: 1.0) }
                    for _ in 0..<20_000 { counter.increment() }
                    for _ in 0..<20_000 { timer.recordMilliseconds(1) }
                    Counter(label: "a_total", factory: metrics).increment(by: 0)
                    _ = metrics.exposition()
                }
            }
        }
        let page = try page()
        #expect(page.value("a_total") == 160_000)
        #expect(page.value("b_total") == 200_000)
        #expect(page.value("c") == 800_000)
        #expect(page.value("d_seconds_count") == 160_000)
        #expect(try #require(page.value("d_seconds_sum")).isNear(160))
    }

    @Test func showsTheProcess() throws {
        let page = try page()
        #expect(try #require(page.value("process_resident_memory_bytes")) > 1_000_000)
        #expect(try #require(page.value("process_cpu_seconds_total")) > 0)
        #expect(try #require(page.value("process_open_fds")) >= 3)
        let start = try #require(page.value("process_start_time_seconds"))
        let now = Double(Timestamp.now.milliseconds) / 1000
        #expect(start < now + 2 && start > now - 3600)
        #expect(page.value("kindred_build_info", ["service": "test", "version": kindredVersion]) == 1)
        #expect(page.types["process_cpu_seconds_total"] == "counter" && page.help["process_open_fds"] != nil)
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { abs(self - other) < 1e-6 }
}
