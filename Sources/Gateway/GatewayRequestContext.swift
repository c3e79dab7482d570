import Hummingbird
import NIOCore
import Storage

/// What belongs to one request, its connection among it.
struct GatewayRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection that the request came on.
    let channel: any Channel
    /// Where the client is, as far as the connection and trusted proxies tell.
    var address = ClientAddress("")
    /// Who sends it: nobody, until `AccessCheck` has found out.
    var identity = Identity.nobody(at: ClientAddress(""))

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
