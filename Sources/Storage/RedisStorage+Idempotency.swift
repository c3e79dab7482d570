import Jobs
import ServiceRuntime

// A claim is a string.
extension RedisStorage: IdempotencyStore {
    package func replace(
        _ known: IdempotencyClaim?, with claim: IdempotencyClaim, under key: IdempotencyKey, lifetime: Duration
    ) async throws(StorageError) -> IdempotencyClaim? {
        let command = RedisCommand(
            .replaceValue, key: .idempotency(key),
            arguments: [.bytes(known?.bytes ?? []), .bytes(claim.bytes), RedisArgument(lifetime.wholeMilliseconds)])
        switch try await connection(of: .data).send(command) {
        case .null: return nil
        case .string(let bytes):
            var reader = CompactReader(bytes, from: 0)
            guard let kept = try? IdempotencyClaim(reading: &reader), reader.isAtEnd else { throw .corrupted("a claim") }
            return kept
        default: throw .corrupted("a claim")
        }
    }
}
