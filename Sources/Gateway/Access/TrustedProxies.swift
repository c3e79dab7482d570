import Hummingbird
import NIOCore
import Storage

/// The proxies whose word on addresses is believed.
struct TrustedProxies: Sendable {
    let blocks: [AddressBlock]

    func client(of request: Request, on channel: any Channel) -> ClientAddress {
        ClientAddress(client(forwarded: request.headers[values: .xForwardedFor], peer: channel.remoteAddress?.ipAddress ?? ""))
    }

    /// Where a request comes from: the peer, unless that is a proxy we trust; then the last address in `X-Forwarded-For` that is
    /// none, since what stands further left may be the client's invention.
    ///
    /// - Parameters:
    ///   - forwarded: the header's fields in their order.
    ///   - peer: who holds the other end of the connection.
    func client(forwarded: [String], peer: String) -> String {
        var client = peer
        for hop in forwarded.flatMap({ $0.split(separator: ",") }).reversed() {
            guard isTrusted(client) else { return client }
            let hop = String(hop.trimmingSpace)
            guard IPAddress(hop) != nil else { return client }
            client = hop
        }
        return client
    }

    private func isTrusted(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return blocks.contains { $0.contains(address) }
    }
}
