import Evaluation
import Testing

struct MetricTests {
    @Test func namesAreReadBack() {
        for metric in Metric.all(at: [5, 10]) { #expect(Metric(metric.description) == metric) }
        #expect(Metric("NDCG@10") == .ndcg(10))
    }

    @Test(arguments: ["", "@", "ndcg", "ndcg@", "ndcg@0", "ndcg@-1", "ndcg@10@2", "mrr@10", "auc@10"])
    func otherNamesAreRefused(name: String) {
        #expect(Metric(name) == nil)
    }
}
