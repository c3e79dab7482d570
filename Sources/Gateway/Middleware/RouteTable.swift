import Hummingbird

/// Which methods each path takes; asked only when no route took a request.
struct RouteTable: Sendable {
    private struct Entry {
        let path: RouterPath
        let methods: [String]

        func matches(_ components: [Substring]) -> Bool {
            guard path.count == components.count else { return false }
            return zip(path, components).allSatisfy { element, component in
                element.description.first == "{" || element.description == component
            }
        }
    }

    private let entries: [Entry]

    init(_ routes: [Router<GatewayRequestContext>.RouteDescription]) {
        var entries: [Entry] = []
        for path in routes.map(\.path) where !entries.contains(where: { $0.path == path }) {
            var methods = routes.filter { $0.path == path }.map(\.method.rawValue)
            if methods.contains("GET") { methods.append("HEAD") }
            entries.append(Entry(path: path, methods: methods.sorted()))
        }
        self.entries = entries
    }

    /// - Returns: empty when there is no such path.
    func methods(of path: String) -> [String] {
        let components = path.split(separator: "/", omittingEmptySubsequences: true)
        return entries.first { $0.matches(components) }?.methods ?? []
    }
}
