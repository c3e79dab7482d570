@main struct WorkerApp {
    static func main() async throws {}
}
