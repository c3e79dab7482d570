/// A place where published data is: a bucket, a folder, a web server.
package protocol ObjectStore {
    /// As an operator wrote it, for messages.
    var place: String { get }

    /// Hands the content over piece by piece.
    ///
    /// - Parameter take: stops the transfer by throwing.
    func read(_ name: String, _ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void) throws(TransferError)

    /// Puts something there, or in the place of what was there, in one step.
    func write(_ name: String, _ content: ObjectContent) throws(TransferError)
}

/// What is put somewhere.
package enum ObjectContent {
    case file(String)
    case bytes([UInt8])
}

extension ObjectStore {
    /// The whole of something small.
    func content(of name: String, atMost limit: Int) throws(TransferError) -> [UInt8] {
        var content: [UInt8] = []
        let place = place
        try read(name) { (bytes) throws(TransferError) in
            guard content.count + bytes.count <= limit else {
                throw TransferError(
                    .damaged, "\(name) in \(place) is larger than it can be", advice: "Is that where data was published?")
            }
            content.append(contentsOf: bytes)
        }
        return content
    }
}

/// Finds out what an address means.
package enum ObjectStores {
    /// - Parameters:
    ///   - address: `gs://bucket/path`, `https://host/path`, `file:///folder`, or `http://…` for servers in the same cluster.
    ///   - credentials: for buckets.
    package static func store(
        at address: String, credentials: CloudCredentials, emulator: String? = nil
    ) throws(TransferError) -> any ObjectStore {
        let parts = address.firstRange(of: "://").map { (address[..<$0.lowerBound], address[$0.upperBound...]) }
        guard let (scheme, rest) = parts, !rest.isEmpty, !rest.contains("?"), !rest.contains("#") else {
            throw unknown(address)
        }
        var path = String(rest)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        switch scheme {
        case "file" where path.hasPrefix("/"): return FolderStore(folder: path)
        case "https", "http": return WebStore(address: "\(scheme)://\(path)")
        case "gs": return CloudStore(address: path, credentials: credentials, emulator: emulator)
        default: throw unknown(address)
        }
    }

    private static func unknown(_ address: String) -> TransferError {
        TransferError(
            .unusable, "\"\(address)\" is no place for data",
            advice: "Name one as gs://bucket/path, https://host/path or file:///folder.")
    }
}
