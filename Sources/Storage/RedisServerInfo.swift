/// What Redis says of itself, as far as the safety of what we keep depends on it.
package struct RedisServerInfo: Sendable, Hashable {
    /// "7.0.15".
    package var version: String
    /// "master" or "slave".
    package var role: String
    /// Whether writes are logged to disk.
    package var isAppendOnly: Bool
    /// When the log is written through: "always", "everysec" or "no"; nil when we are not allowed to ask.
    package var appendFsync: String?
    /// What is thrown out when the memory is full: "noeviction" keeps everything.
    package var maximumMemoryPolicy: String
    /// In bytes; 0 for no limit.
    package var maximumMemory: Int
    package var usedMemory: Int
}

extension RedisStorage {
    package func serverInfo(of role: RedisRole) async throws(StorageError) -> RedisServerInfo {
        let replies = try await connection(of: role).send([["INFO"], ["CONFIG", "GET", "appendfsync"]])
        if case .error(let error) = replies[0] { throw error.storageError }
        guard let text = replies[0].text else { throw .unexpected("INFO") }
        var fields: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        guard let version = fields["redis_version"] else { throw .unexpected("INFO") }
        var appendFsync: String?
        if case .array(let setting) = replies[1], setting.count == 2 { appendFsync = setting[1].text }
        return RedisServerInfo(
            version: String(version), role: String(fields["role"] ?? ""), isAppendOnly: fields["aof_enabled"] == "1",
            appendFsync: appendFsync, maximumMemoryPolicy: String(fields["maxmemory_policy"] ?? ""),
            maximumMemory: fields["maxmemory"].flatMap { Int($0) } ?? 0,
            usedMemory: fields["used_memory"].flatMap { Int($0) } ?? 0)
    }
}
