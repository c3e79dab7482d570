import Hummingbird

extension Response {
    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func json(_ write: (inout JSONWriter) -> Void, headers: HTTPFields = [:]) -> Response {
        var json = JSONWriter()
        json.object(write)
        return .json(json.bytes, headers: headers)
    }
}
