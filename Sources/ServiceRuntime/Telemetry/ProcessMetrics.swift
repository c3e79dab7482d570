import Glibc

/// What the operating system knows of this process, under the names that all Prometheus clients use.
enum ProcessMetrics {
    static func write(to page: inout PrometheusPage) {
        page.beginFamily("process_cpu_seconds_total", type: "counter", help: "CPU time used, of all threads together.")
        page.sample("process_cpu_seconds_total", value: cpuSeconds)
        if let count = openDescriptors {
            page.beginFamily("process_open_fds", type: "gauge", help: "Open file descriptors.")
            page.sample("process_open_fds", value: count)
        }
        if let bytes = residentBytes {
            page.beginFamily("process_resident_memory_bytes", type: "gauge", help: "Memory in use, mapped files included.")
            page.sample("process_resident_memory_bytes", value: bytes)
        }
        if let start = startTime {
            page.beginFamily("process_start_time_seconds", type: "gauge", help: "When the process started, since 1970.")
            page.sample("process_start_time_seconds", value: start)
        }
    }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var openDescriptors: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = -3  // ".", ".." and the one that reads the folder
        while readdir(folder) != nil { count += 1 }
        return count
    }

    private static var residentBytes: Int? {
        let pages = text(of: "/proc/self/statm").split(separator: " ").dropFirst().first
        return pages.flatMap { Int($0) }.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    }

    /// Read once: the clock's corrections after the start do not move it.
    private static let startTime: Double? = {
        // The command's name, in parentheses, may itself hold blanks; the start is the 20th field behind it.
        let fields = text(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
        let boot = text(of: "/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }?.dropFirst(6)
        return boot.flatMap { Double($0) }.map { $0 + ticks / Double(sysconf(Int32(_SC_CLK_TCK))) }
    }()

    /// Empty when it cannot be read.
    private static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { content += buffer[..<count] }
        return String(decoding: content, as: UTF8.self)
    }
}
