import CArgon2

/// Argon2id, as libargon2 has it. Each call takes the memory of its parameters and some 30 ms of a core.
enum Argon2 {
    static func hash(_ password: Password, salt: [UInt8], _ parameters: Argon2Parameters) throws(PasswordError) -> String {
        var text = [CChar](repeating: 0, count: parameters.textByteCount)
        let code = argon2id_hash_encoded(
            parameters.passes, parameters.memory, parameters.lanes, password.bytes, password.bytes.count, salt, salt.count,
            parameters.tagLength, &text, text.count)
        guard code == ARGON2_OK.rawValue else { throw .failed(code: code) }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func verify(_ password: Password, against hash: String) throws(PasswordError) -> Bool {
        guard Argon2Parameters(ofHash: hash)?.isReasonable == true else { return false }
        switch argon2id_verify(hash, password.bytes, password.bytes.count) {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue, ARGON2_DECODING_FAIL.rawValue, ARGON2_DECODING_LENGTH_FAIL.rawValue: return false
        case let code: throw .failed(code: code)
        }
    }
}
