import Hummingbird
import Testing

@testable import Gateway

@Suite struct OpenAPITests {
    let document: JSONValue

    init() throws {
        document = try JSONParser.parse(Array(OpenAPIDocument.text.utf8))
    }

    @Test func describesEveryRouteAndNoOther() throws {
        let router = Router(context: GatewayRequestContext.self)
        TestGateway().server.addRoutes(to: router)
        let routes = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
        var described: Set<String> = []
        for (path, item) in try #require(document.members?["paths"]?.members) {
            for method in try #require(item.members).keys where method != "parameters" {
                described.insert("\(method.uppercased()) \(path)")
            }
        }
        #expect(routes.subtracting(described).isEmpty)
        #expect(described.subtracting(routes).isEmpty)
    }

    @Test func refersToNothingThatIsNotThere() throws {
        var references = 0
        try forEachObject(in: document) { object in
            guard let reference = object["$ref"]?.string else { return }
            references += 1
            var value = document
            #expect(reference.hasPrefix("#/"))
            for step in reference.dropFirst(2).split(separator: "/") {
                value = try #require(value.members?[String(step)], "\(reference)")
            }
        }
        #expect(references > 50)
    }

    @Test func declaresThePathParametersOfEachPath() throws {
        for (path, item) in try #require(document.members?["paths"]?.members) {
            let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            let declared = (item.members?["parameters"]?.elements ?? []).compactMap { $0.members?["$ref"]?.string }
            for name in names { #expect(declared.contains("#/components/parameters/\(name)"), "\(path)") }
        }
    }

    @Test func explainsEveryCode() throws {
        let enumeration = document.members?["components"]?.members?["schemas"]?.members?["ProblemCode"]?.members?["enum"]
        #expect(enumeration?.elements?.compactMap(\.string) == ProblemCode.allCases.map(\.rawValue))
        for code in ProblemCode.allCases {
            let response = document.members?["components"]?.members?["responses"]?.members?["Problem\(code.status.code)"]
            #expect(response?.members?["description"]?.string?.contains("`\(code.rawValue)`") == true)
            #expect(code.rawValue.allSatisfy { $0 == "_" || ("a"..."z").contains($0) })
        }
    }

    @Test func namesEveryOperationOnce() {
        var names: [String] = []
        forEachObject(in: document) { object in
            if let name = object["operationId"]?.string { names.append(name) }
        }
        #expect(Set(names).count == names.count)
        #expect(names.count > 15)
    }

    /// What the document says of who may use what is what is enforced.
    @Test func saysWhoMayUseEachRoute() throws {
        let schemes: [String?: Role] = [nil: .nobody, "session": .user, "apiKey": .service, "operatorKey": .operator]
        let known = try #require(document.members?["components"]?.members?["securitySchemes"]?.members)
        #expect(Set(known.keys) == Set(schemes.keys.compactMap(\.self)))
        func roles(_ requirements: JSONValue?) -> Set<Role>? {
            requirements?.elements.map { Set($0.compactMap { schemes[$0.members?.keys.first] }) }
        }
        let usual = try #require(roles(document.members?["security"]))
        for (path, item) in try #require(document.members?["paths"]?.members) {
            for (method, operation) in try #require(item.members) where method != "parameters" {
                let route = "\(method.uppercased()) \(path)"
                #expect(roles(operation.members?["security"]) ?? usual == RouteAccess.table[route]?.roles, "\(route)")
            }
        }
    }

    @Test func isGivenOut() async throws {
        let answer = try await TestGateway().send(.get, "/openapi.json")
        #expect(answer.header("Content-Type") == "application/json")
        #expect(try answer.json == document)
        #expect(answer["openapi"] == .string("3.1.0"))
    }

    private func forEachObject(in value: JSONValue, _ body: ([String: JSONValue]) throws -> Void) rethrows {
        switch value {
        case .object(let members):
            try body(members)
            for member in members.values { try forEachObject(in: member, body) }
        case .array(let elements):
            for element in elements { try forEachObject(in: element, body) }
        default: break
        }
    }
}
