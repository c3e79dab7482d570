import Foundation
import Synchronization
import Testing

@testable import Transfer

/// Over HTTP: a web server, and a bucket with the answers that its service documents.
@Suite struct WebTests {
    /// What is in a bucket.
    final class Bucket: Sendable {
        let objects = Mutex<[String: [UInt8]]>([:])

        /// As the JSON API answers.
        func answer(_ request: StubServer.Request) -> StubServer.Answer {
            guard request.head.contains("Authorization: Bearer good-token\r\n") else {
                return .init(status: 401, body: Array("who are you?".utf8))
            }
            let path = request.path.removingPercentEncoding ?? ""
            if request.method == "POST", let name = path.firstRange(of: "/upload/storage/v1/b/films/o?uploadType=media&name=") {
                objects.withLock { $0[String(path[name.upperBound...])] = request.body }
                return .init(body: Array("{}".utf8))
            }
            // The name is one part of the path.
            guard request.path.split(separator: "/").count == 6, path.hasSuffix("?alt=media"),
                let start = path.firstRange(of: "/storage/v1/b/films/o/")?.upperBound,
                let content = objects.withLock({ $0[String(path[start...].dropLast(10))] })
            else { return .init(status: 404, body: Array("No such object".utf8)) }
            return .init(body: content)
        }
    }

    private func failure(_ body: () throws -> Void) -> TransferError? {
        do { try body() } catch { return error as? TransferError }
        return nil
    }

    private func address(of server: StubServer) -> String { "http://127.0.0.1:\(server.port)" }

    @Test func bringsDataThroughABucket() throws {
        let (source, target, bucket) = (try TemporaryFolder(), try TemporaryFolder(), Bucket())
        let server = try StubServer { bucket.answer($0) }
        defer { server.stop() }
        try source.write(String(repeating: "many ratings ", count: 100_000), to: "kindred.ratings")
        try source.write("", to: "kindred.models/empty.model")
        let store = CloudStore(
            address: "films/data", credentials: CloudCredentials(token: "good-token"), emulator: address(of: server))
        let manifest = try DataUpload(to: store).publish(source.path)
        #expect(
            bucket.objects.withLock { Set($0.keys) }
                == Set(manifest.files.map { "data/files/\($0.sha256)" } + ["data/manifest.json", "data/manifests/1.json"]))
        #expect(
            try DataDownload(from: store, to: target.path).run()
                == .fetched(number: 1, files: 2, byteCount: 1_300_000, reused: 0))
        #expect(target.text("current/kindred.ratings") == source.text("kindred.ratings"))
        #expect(target.text("current/kindred.models/empty.model") == "")
    }

    @Test func asksTheMachineWhoItIsOnceForAll() throws {
        let bucket = Bucket()
        let server = try StubServer { bucket.answer($0) }
        let metadata = try StubServer { request in
            guard request.head.contains("Metadata-Flavor: Google\r\n"),
                request.path == "/computeMetadata/v1/instance/service-accounts/default/token"
            else { return .init(status: 403) }
            return .init(body: Array(#"{"access_token": "good-token", "expires_in": 3599, "token_type": "Bearer"}"#.utf8))
        }
        defer {
            server.stop()
            metadata.stop()
        }
        bucket.objects.withLock { $0 = ["a": [1], "b": [2]] }
        let credentials = CloudCredentials(token: nil, metadataHost: "127.0.0.1:\(metadata.port)")
        let store = CloudStore(address: "films", credentials: credentials, emulator: address(of: server))
        #expect(try store.content(of: "a", atMost: 10) == [1])
        #expect(try store.content(of: "b", atMost: 10) == [2])
        #expect(metadata.requests.count == 1)
    }

    @Test func saysWhoDoesNotKnowUs() throws {
        let bucket = Bucket()
        let server = try StubServer { bucket.answer($0) }
        defer { server.stop() }
        let store = CloudStore(address: "films", credentials: CloudCredentials(token: "bad"), emulator: address(of: server))
        let error = try #require(failure { _ = try store.content(of: "a", atMost: 10) })
        #expect(error.code == .refused)
        #expect(error.message.hasSuffix("answered 401: who are you?"))
        #expect(!error.message.contains("bad"))
    }

    @Test(arguments: [
        (404, TransferError.Code.missing), (403, .refused), (429, .unreachable), (500, .unreachable), (503, .unreachable),
    ])
    func tellsAnswersApart(_ status: Int, _ code: TransferError.Code) throws {
        let server = try StubServer { _ in .init(status: status, body: Array("no".utf8)) }
        defer { server.stop() }
        let error = failure { _ = try WebStore(address: address(of: server)).content(of: "x", atMost: 10) }
        #expect(error?.code == code)
    }

    @Test func anAnswerThatIsCutOffIsNoAnswer() throws {
        let server = try StubServer { _ in .init(body: [1, 2, 3], announced: 10) }
        defer { server.stop() }
        #expect(failure { _ = try WebStore(address: address(of: server)).content(of: "x", atMost: 10) }?.code == .unreachable)
    }

    @Test func takesNoMoreThanItWants() throws {
        let server = try StubServer { _ in .init(body: [UInt8](repeating: 1, count: 1 << 20)) }
        defer { server.stop() }
        #expect(failure { _ = try WebStore(address: address(of: server)).content(of: "x", atMost: 10) }?.code == .damaged)
    }

    @Test func followsNobodyOutOfHTTPS() throws {
        let secret = try TemporaryFolder()
        try secret.write("secret", to: "x")
        let location = "Location: file://\(secret.path)/x"
        let server = try StubServer { _ in .init(status: 302, headers: [location]) }
        defer { server.stop() }
        #expect(failure { _ = try WebStore(address: address(of: server)).content(of: "x", atMost: 10) } != nil)
    }

    @Test func saysThatNobodyIsThere() throws {
        let server = try StubServer { _ in .init() }
        server.stop()
        let error = try #require(failure { _ = try WebStore(address: address(of: server)).content(of: "x", atMost: 10) })
        #expect(error.code == .unreachable && error.isRetriable)
        #expect(failure { try WebStore(address: "http://127.0.0.1:1").write("x", .bytes([])) }?.code == .unusable)
    }
}
