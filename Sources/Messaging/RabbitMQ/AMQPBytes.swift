import CRabbitMQ
import ServiceRuntime

/// Strings and tables on their way into C and out of it.
///
/// What is passed in lives as long as the closure; what comes out is copied.

func withBytes<Value>(_ text: String, _ body: (amqp_bytes_t) -> Value) -> Value {
    var text = text
    return text.withUTF8 { body(amqp_bytes_t(borrowing: UnsafeRawBufferPointer($0))) }
}

func withBytes<Value>(_ first: String, _ second: String, _ body: (amqp_bytes_t, amqp_bytes_t) -> Value) -> Value {
    withBytes(first) { first in withBytes(second) { body(first, $0) } }
}

func withTable<Value>(_ entries: [(key: String, value: RabbitMQValue)], _ body: (amqp_table_t) -> Value) -> Value {
    var pool = amqp_pool_t()
    init_amqp_pool(&pool, 4096)
    defer { empty_amqp_pool(&pool) }
    return body(amqp_table_t(entries, in: &pool))
}

extension amqp_bytes_t {
    init(borrowing bytes: UnsafeRawBufferPointer) {
        self.init(len: bytes.count, bytes: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }

    fileprivate init(_ text: String, in pool: inout amqp_pool_t) {
        self.init()
        let utf8 = Array(text.utf8)
        amqp_pool_alloc_bytes(&pool, utf8.count, &self)
        guard let bytes else { return }
        utf8.withUnsafeBytes { bytes.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(bytes), byteCount: $0.count) }
    }

    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : len) }
}

extension String {
    init(copying bytes: amqp_bytes_t) {
        self.init(decoding: bytes.buffer, as: UTF8.self)
    }
}

extension amqp_table_t {
    fileprivate init(_ entries: [(key: String, value: RabbitMQValue)], in pool: inout amqp_pool_t) {
        self.init()
        guard !entries.isEmpty, let memory = amqp_pool_alloc(&pool, entries.count * MemoryLayout<amqp_table_entry_t>.stride)
        else { return }
        let start = memory.bindMemory(to: amqp_table_entry_t.self, capacity: entries.count)
        for (place, entry) in entries.enumerated() {
            let key = amqp_bytes_t(entry.key, in: &pool)
            (start + place).initialize(to: amqp_table_entry_t(key: key, value: amqp_field_value_t(entry.value, in: &pool)))
        }
        self.init(num_entries: Int32(entries.count), entries: start)
    }

    /// - Complexity: O(entries); they are few.
    subscript(key: String) -> amqp_field_value_t? {
        UnsafeBufferPointer(start: entries, count: entries == nil ? 0 : Int(num_entries))
            .first { $0.key.buffer.elementsEqual(key.utf8) }?.value
    }
}

extension amqp_field_value_t {
    fileprivate init(_ value: RabbitMQValue, in pool: inout amqp_pool_t) {
        self.init()
        switch value {
        case .string(let text):
            kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
            self.value.bytes = amqp_bytes_t(text, in: &pool)
        case .integer(let number):
            kind = UInt8(AMQP_FIELD_KIND_I64.rawValue)
            self.value.i64 = number
        case .boolean(let flag):
            kind = UInt8(AMQP_FIELD_KIND_BOOLEAN.rawValue)
            self.value.boolean = flag ? 1 : 0
        case .timestamp(let moment):
            kind = UInt8(AMQP_FIELD_KIND_TIMESTAMP.rawValue)
            self.value.u64 = UInt64(max(0, moment.milliseconds / 1000))
        case .table(let entries):
            kind = UInt8(AMQP_FIELD_KIND_TABLE.rawValue)
            self.value.table = amqp_table_t(entries, in: &pool)
        }
    }

    /// Any of the integers that a broker may choose for a number.
    var integer: Int? {
        switch UInt32(kind) {
        case AMQP_FIELD_KIND_I8.rawValue: Int(value.i8)
        case AMQP_FIELD_KIND_U8.rawValue: Int(value.u8)
        case AMQP_FIELD_KIND_I16.rawValue: Int(value.i16)
        case AMQP_FIELD_KIND_U16.rawValue: Int(value.u16)
        case AMQP_FIELD_KIND_I32.rawValue: Int(value.i32)
        case AMQP_FIELD_KIND_U32.rawValue: Int(value.u32)
        case AMQP_FIELD_KIND_I64.rawValue: Int(value.i64)
        case AMQP_FIELD_KIND_U64.rawValue: Int(exactly: value.u64)
        default: nil
        }
    }

    var text: String? {
        UInt32(kind) == AMQP_FIELD_KIND_UTF8.rawValue ? String(copying: value.bytes) : nil
    }

    /// Empty for what is no array.
    var elements: UnsafeBufferPointer<amqp_field_value_t> {
        guard UInt32(kind) == AMQP_FIELD_KIND_ARRAY.rawValue, let entries = value.array.entries else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: entries, count: Int(value.array.num_entries))
    }

    var table: amqp_table_t? { UInt32(kind) == AMQP_FIELD_KIND_TABLE.rawValue ? value.table : nil }

    /// AMQP counts whole seconds.
    var timestamp: Timestamp? {
        guard UInt32(kind) == AMQP_FIELD_KIND_TIMESTAMP.rawValue, let seconds = Int64(exactly: value.u64) else { return nil }
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        return milliseconds.overflow ? nil : Timestamp(milliseconds: milliseconds.partialValue)
    }
}
