/// The numbers in a model file's first section.
struct ModelFileProperties: BitwiseCopyable, Sendable {
    let itemCount: UInt64
    let itemsFingerprint: UInt64
    /// Which of the contents it has: 0 parameters only, 1 item weights, 2 item factors.
    let content: UInt64
    /// Of item factors, else 0.
    let dimensions: UInt64
}
