/// A web server with published data below an address; it is only read.
struct WebStore: ObjectStore {
    let address: String

    var place: String { address }

    func read(_ name: String, _ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void) throws(TransferError) {
        try HTTPRequest("\(address)/\(name)").get(take)
    }

    func write(_ name: String, _ content: ObjectContent) throws(TransferError) {
        throw TransferError(
            .unusable, "\(address) can only be read", advice: "Publish to gs://… or file://…, which the server then shows.")
    }
}
