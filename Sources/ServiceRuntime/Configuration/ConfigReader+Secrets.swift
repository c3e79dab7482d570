package import Configuration
import Glibc

extension ConfigReader {
    /// A secret from its own variable, or from the file that the variable with `_FILE` behind its name points to: `REDIS_PASSWORD`
    /// or `REDIS_PASSWORD_FILE` (as Kubernetes and Docker mount secrets). One line end at the file's end is no part of it.
    ///
    /// - Returns: nil when neither is set.
    package func secret(forKey key: ConfigKey) throws(ConfigurationError) -> String? {
        let fileKey = Self.fileKey(of: key)
        let value = string(forKey: key, isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
        guard let path = text(forKey: fileKey) else { return value }
        guard value == nil else {
            throw error(key, "and \(variable(forKey: fileKey)) are both set", "Leave one of them out.")
        }
        guard let content = Self.content(of: path) else {
            let reason = String(cString: strerror(errno))
            throw error(
                fileKey, "names \(path), which cannot be read: \(reason)", "Mount the secret there, readable for this process.")
        }
        guard var text = String(validating: content, as: UTF8.self) else {
            throw error(fileKey, "names \(path), which is not UTF-8 text", "Write the secret to it as text.")
        }
        if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        guard !text.isEmpty else {
            throw error(fileKey, "names \(path), which is empty", "Write the secret to it.")
        }
        return text
    }

    private static func fileKey(of key: ConfigKey) -> ConfigKey {
        ConfigKey(key.components.dropLast() + [(key.components.last ?? "") + "File"])
    }

    /// - Returns: nil with `errno` set when it cannot be read, or is larger than any secret.
    private static func content(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count > 0 {
                content += buffer[..<count]
                guard content.count <= 65536 else {
                    errno = EFBIG
                    return nil
                }
            } else if errno != EINTR {
                return nil
            }
        }
    }
}
