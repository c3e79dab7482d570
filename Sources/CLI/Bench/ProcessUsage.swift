import Foundation

/// What this process has taken so far.
struct ProcessUsage {
    let cpuSeconds: Double
    /// Memory that no other process shares with it; what is mapped from files does not count.
    let privateBytes: Int

    static var now: ProcessUsage { ProcessUsage(cpuSeconds: cpuSecondsNow, privateBytes: privateBytes) }

    static var cpuSecondsNow: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let times = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
        return times[0] + times[1]
    }

    /// `RssAnon` of proc(5), in which it stands in kilobytes.
    private static var privateBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        for line in status.split(separator: "\n") where line.hasPrefix("RssAnon:") {
            return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
        }
        return 0
    }
}
