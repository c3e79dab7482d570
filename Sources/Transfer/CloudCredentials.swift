import Foundation

/// Who we are to Google Cloud: what the operator gave us, or what the metadata server of the machine says, anew before it ends.
package final class CloudCredentials {
    private struct Token: Decodable {
        let text: String
        /// Seconds.
        let lifetime: Int

        enum CodingKeys: String, CodingKey {
            case text = "access_token"
            case lifetime = "expires_in"
        }
    }

    private static let path = "computeMetadata/v1/instance/service-accounts/default/token"

    private let given: String?
    private let server: String
    private var current: (token: String, end: ContinuousClock.Instant)?

    /// - Parameters:
    ///   - token: an access token; nil for the machine's own.
    ///   - metadataHost: where the metadata server is, if not where Google has it.
    package init(token: String?, metadataHost: String? = nil) {
        given = token
        server = "http://\(metadataHost ?? "169.254.169.254")"
    }

    /// The line of a request that says it.
    var header: String {
        get throws(TransferError) { "Authorization: Bearer \(try token)" }
    }

    private var token: String {
        get throws(TransferError) {
            if let given { return given }
            if let current, current.end > .now { return current.token }
            var answer: [UInt8] = []
            do throws(TransferError) {
                try HTTPRequest("\(server)/\(Self.path)", headers: ["Metadata-Flavor: Google"])
                    .get { answer.append(contentsOf: $0.prefix(max(0, 65536 - answer.count))) }
            } catch {
                throw TransferError(
                    error.code, "nobody says who this machine is to Google Cloud: \(error.message)",
                    advice: "Outside of Google Cloud: KINDRED_DATA_TOKEN=$(gcloud auth print-access-token)")
            }
            guard let token = try? JSONDecoder().decode(Token.self, from: Data(answer)), Self.isToken(token.text) else {
                throw TransferError(.refused, "\(server) answered with no token", advice: "Is that the metadata server?")
            }
            current = (token.text, .now + .seconds(max(0, token.lifetime - 60)))
            return token.text
        }
    }

    /// A line end in it would be a header of its own.
    private static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 } }
}
