import ArgumentParser
import Configuration
import ServiceRuntime
import Transfer

/// Where data is published, as `fetch` and `upload` are told.
enum PublishedData {
    /// The settings: `KINDRED_DATA_TOKEN` or `KINDRED_DATA_TOKEN_FILE`, an access token for buckets, without which the machine's own is used;
    /// `STORAGE_EMULATOR_HOST` and `GCE_METADATA_HOST`, which Google's own libraries read as well, for what stands in for its servers.
    static func store(at address: String) throws -> any ObjectStore {
        let environment = Settings.environment
        let token: String?
        do { token = try environment.scoped(to: "kindred").secret(forKey: "dataToken") } catch { throw CommandFailure(error) }
        let credentials = CloudCredentials(token: token, metadataHost: environment.text(forKey: "gce.metadata.host"))
        do {
            return try ObjectStores.store(
                at: address, credentials: credentials, emulator: environment.text(forKey: "storage.emulator.host"))
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    init(_ error: TransferError) {
        let code: Code =
            switch error.code {
            case .missing, .damaged, .unusable: .unusable
            case .unreachable, .refused, .disk: .failure
            }
        self.init(code, error.message, advice: error.advice)
    }
}
