import Glibc

/// A blocking TCP connection on loopback. Whoever makes it closes it.
struct Socket: Sendable {
    let descriptor: Int32

    enum Failure: Error {
        case notConnected
        case timedOut
        case closed
    }

    init(accepted descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setOption(IPPROTO_TCP, TCP_NODELAY, Int32(1))
    }

    init(connectingTo port: Int, timeout: Duration? = nil) throws(Failure) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        setOption(IPPROTO_TCP, TCP_NODELAY, Int32(1))
        if let timeout {
            let (seconds, attoseconds) = timeout.components
            let patience = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
            setOption(SOL_SOCKET, SO_RCVTIMEO, patience)
            setOption(SOL_SOCKET, SO_SNDTIMEO, patience)
        }
        var address = Self.loopback(port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            Glibc.close(descriptor)
            throw .notConnected
        }
    }

    func setOption<Value: BitwiseCopyable>(_ level: some BinaryInteger, _ name: Int32, _ value: Value) {
        var value = value
        setsockopt(descriptor, Int32(level), name, &value, socklen_t(MemoryLayout<Value>.size))
    }

    func send(_ bytes: some ContiguousCollection) throws(Failure) {
        var rest = bytes.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw errno == EAGAIN ? .timedOut : .closed }
            rest = rest.dropFirst(count)
        }
    }

    /// Appends what has come, at least a byte.
    func receive(into bytes: inout [UInt8]) throws(Failure) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw count < 0 && errno == EAGAIN ? .timedOut : .closed }
        bytes += buffer[..<count]
    }

    func isReadable(within milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) == 1
    }

    func close(byReset: Bool = false) {
        if byReset { setOption(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0)) }
        Glibc.close(descriptor)
    }

    static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// - Parameter port: 0 takes any that is free.
    /// - Returns: nil when the port is taken.
    static func listen(on port: Int = 0) -> (descriptor: Int32, port: Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(port)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && Glibc.listen(descriptor, 128) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else {
            Glibc.close(descriptor)
            return nil
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

/// What `send` takes: text or bytes.
protocol ContiguousCollection { var bytes: [UInt8] { get } }

extension String: ContiguousCollection { var bytes: [UInt8] { Array(utf8) } }
extension [UInt8]: ContiguousCollection { var bytes: [UInt8] { self } }

/// Ports below those that the kernel gives to outgoing connections, so that one stays free while its server is down.
enum FreePorts {
    static func take(_ count: Int) -> [Int] {
        var ports: [Int] = []
        while ports.count < count {
            let port = Int.random(in: 20000..<32000)
            guard !ports.contains(port), let listener = Socket.listen(on: port) else { continue }
            Glibc.close(listener.descriptor)
            ports.append(port)
        }
        return ports
    }
}
