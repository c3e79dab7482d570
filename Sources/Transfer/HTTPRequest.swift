import CCurl
import Glibc

/// One request and its answer, over libcurl, which has TLS and trusts the system's authorities.
final class HTTPRequest {
    /// Slower than a kilobyte a second for half a minute is not coming any more.
    private static let slowestRate = 1024
    private static let patience = 30
    private static let connectTimeout = 10
    /// So much of an answer that is no good is kept to see why.
    private static let reasonLimit = 300

    private let url: String
    private var headers: [String]
    private var upload: (byteCount: Int, fill: (UnsafeMutableRawBufferPointer) -> Int)?
    private var takeBytes: ((UnsafeRawBufferPointer) throws(TransferError) -> Void)?
    private var stopped: TransferError?
    private var reason: [UInt8] = []
    private var handle: UnsafeMutableRawPointer?

    init(_ url: String, headers: [String] = []) {
        self.url = url
        self.headers = headers
    }

    /// Sends something with `POST`.
    ///
    /// - Parameter fill: writes the next part and returns its size: 0 at the end, -1 when it cannot be read.
    func post(byteCount: Int, _ fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) throws(TransferError) {
        upload = (byteCount, fill)
        headers.append("Content-Type: application/octet-stream")
        try perform()
    }

    func get(_ take: (UnsafeRawBufferPointer) throws(TransferError) -> Void) throws(TransferError) {
        // It is called only while this runs.
        try withoutActuallyEscaping(take) { (take) throws(TransferError) in
            takeBytes = take
            defer { takeBytes = nil }
            try perform()
        }
    }

    private func perform() throws(TransferError) {
        guard let handle = curl_easy_init() else {
            throw TransferError(.disk, "libcurl does not start", advice: "Is there memory left?")
        }
        self.handle = handle
        defer {
            curl_easy_cleanup(handle)
            self.handle = nil
        }
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // No answer of "100 Continue" is waited for.
        for header in headers + ["Expect:"] { list = curl_slist_append(list, header) }
        _ = ccurl_set_headers(handle, list)
        _ = ccurl_set_text(handle, CURLOPT_URL, url)
        _ = ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_number(handle, CURLOPT_FOLLOWLOCATION, 1)
        _ = ccurl_set_text(handle, CURLOPT_REDIR_PROTOCOLS_STR, "https")
        _ = ccurl_set_number(handle, CURLOPT_MAXREDIRS, 5)
        // Time-outs without signals.
        _ = ccurl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_number(handle, CURLOPT_CONNECTTIMEOUT, Self.connectTimeout)
        _ = ccurl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, Self.slowestRate)
        _ = ccurl_set_number(handle, CURLOPT_LOW_SPEED_TIME, Self.patience)
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_writer(
            handle,
            { bytes, size, count, context in
                guard let context else { return 0 }
                return Unmanaged<HTTPRequest>.fromOpaque(context).takeUnretainedValue()
                    .received(UnsafeRawBufferPointer(start: bytes, count: size * count))
            }, context)
        if let upload {
            _ = ccurl_set_number(handle, CURLOPT_POST, 1)
            _ = ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, upload.byteCount)
            _ = ccurl_set_reader(
                handle,
                { bytes, size, count, context in
                    guard let context else { return Int(CURL_READFUNC_ABORT) }
                    return Unmanaged<HTTPRequest>.fromOpaque(context).takeUnretainedValue()
                        .send(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
                }, context)
        }
        let code = withExtendedLifetime(self) { curl_easy_perform(handle) }
        if let stopped { throw stopped }
        try check(code, status: ccurl_status(handle))
    }

    private func check(_ code: CURLcode, status: Int) throws(TransferError) {
        guard code == CURLE_OK else {
            throw TransferError(
                .unreachable, "\(url): \(String(cString: curl_easy_strerror(code)))",
                advice: "Is the address right, and may this machine reach it?")
        }
        let words = String(decoding: reason, as: UTF8.self).filter { !$0.isNewline }
        let message = "\(url) answered \(status)\(words.isEmpty ? "" : ": \(words)")"
        switch status {
        case 200, 201: return
        case 404: throw TransferError(.missing, message, advice: TransferError.nothingThere)
        case 408, 429, 500...: throw TransferError(.unreachable, message, advice: "The same again may succeed.")
        default:
            throw TransferError(
                .refused, message, advice: "Does this machine, or its service account, have the right to do that?")
        }
    }

    private func received(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let handle, 200...201 ~= ccurl_status(handle), let takeBytes else {
            reason.append(contentsOf: bytes.prefix(Self.reasonLimit - min(reason.count, Self.reasonLimit)))
            return bytes.count
        }
        do throws(TransferError) {
            try takeBytes(bytes)
            return bytes.count
        } catch {
            stopped = error
            return 0
        }
    }

    private func send(_ room: UnsafeMutableRawBufferPointer) -> Int {
        guard let upload else { return 0 }
        let count = upload.fill(room)
        guard count < 0 else { return count }
        stopped = FileBytes.failure("read", "what is sent")
        return Int(CURL_READFUNC_ABORT)
    }
}
