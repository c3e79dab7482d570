import Evaluation
import Testing

struct HTMLReportTests {
    static let hostile = "<script>alert('x')</script> & \"y\""

    @Test func escapesWhatItIsGiven() throws {
        var report = try ReportTests.report(names: [Self.hostile, "plain"])
        report.dataset.name = Self.hostile
        report.command = ["kindred", Self.hostile]
        report.date = Self.hostile
        report.algorithms[0].parameters = [Self.hostile: .text(Self.hostile)]
        let html = report.html
        #expect(!html.contains("<script") && !html.contains("alert('x')"))
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"))
    }

    @Test func needsNothingFromElsewhere() throws {
        let html = try ReportTests.report().html
        for sign in ["http:", "https:", "src=", "url(", "@import", "<script", "<link"] { #expect(!html.contains(sign)) }
        #expect(html.contains("prefers-color-scheme: dark") && html.contains("width=device-width"))
    }

    @Test func hasAPlotForEachQuestionAndClosesWhatItOpens() throws {
        let html = try ReportTests.report().html
        for title in ["NDCG@10 less that of popularity", "NDCG@10 by profile size", "Found by popularity", "MRR"] {
            #expect(html.contains(title))
        }
        for tag in ["svg", "section", "table", "tr", "td", "div", "dl", "dt", "dd", "details", "ul", "li", "text", "p", "h3"] {
            let opened =
                html.split(separator: "<\(tag) ", omittingEmptySubsequences: false).count
                + html.split(separator: "<\(tag)>", omittingEmptySubsequences: false).count - 2
            #expect(opened == html.split(separator: "</\(tag)>", omittingEmptySubsequences: false).count - 1, "\(tag)")
        }
        #expect(!html.contains("nan") && !html.contains("\"inf"))
    }

    @Test func holdsReportsWithNothingToCompare() throws {
        var report = try ReportTests.report()
        report.baseline = nil
        report.algorithms = []
        #expect(report.html.contains("No algorithm was evaluated."))
    }
}
