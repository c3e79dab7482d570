import Foundation
import Glibc

/// A bucket of Google Cloud Storage, over its JSON API (https://cloud.google.com/storage/docs/json_api/v1/objects).
struct CloudStore: ObjectStore {
    private let bucket: String
    /// With a slash at its end, or empty.
    private let prefix: String
    private let credentials: CloudCredentials
    private let server: String

    /// - Parameters:
    ///   - address: `bucket/path`.
    ///   - emulator: what stands in for the service.
    init(address: String, credentials: CloudCredentials, emulator: String?) {
        let parts = address.split(separator: "/", maxSplits: 1)
        bucket = String(parts.first ?? "")
        prefix = parts.count > 1 ? "\(parts[1])/" : ""
        self.credentials = credentials
        server = emulator ?? "https://storage.googleapis.com"
    }

    var place: String { "gs://\(bucket)/\(prefix)" }

    func read(_ name: String, _ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void) throws(TransferError) {
        let url = "\(server)/storage/v1/b/\(Self.encoded(bucket))/o/\(Self.encoded(prefix + name))?alt=media"
        try HTTPRequest(url, headers: [try credentials.header]).get(take)
    }

    func write(_ name: String, _ content: ObjectContent) throws(TransferError) {
        let url = "\(server)/upload/storage/v1/b/\(Self.encoded(bucket))/o?uploadType=media&name=\(Self.encoded(prefix + name))"
        let request = HTTPRequest(url, headers: [try credentials.header])
        switch content {
        case .bytes(let bytes):
            var rest = bytes[...]
            try request.post(byteCount: bytes.count) { room in
                let part = rest.prefix(room.count)
                room.copyBytes(from: part)
                rest = rest.dropFirst(part.count)
                return part.count
            }
        case .file(let file):
            let descriptor = open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileBytes.failure("read", file) }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw FileBytes.failure("read", file) }
            try request.post(byteCount: Int(status.st_size)) { room in
                while true {
                    let count = Glibc.read(descriptor, room.baseAddress, room.count)
                    if count >= 0 || errno != EINTR { return count }
                }
            }
        }
    }

    /// A name as one part of a path: its slashes are encoded as well.
    private static func encoded(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-_."))) ?? name
    }
}
