/// What a profile's ratings come to: the user's factors, and what they were solved from.
///
/// x solves A x = Σ t v with A = `unobservedWeight` · Σ over all items of v vᵀ + Σ v vᵀ + penalty · I, the first and the last sum over the
/// profile's items with their targets t: the step of alternating least squares for one user (Hu et al. 2008, § 4), in which
/// all targets are 1.
struct FoldIn {
    /// x.
    let user: [Float]
    /// Of A.
    let system: CholeskyFactor
    /// Places in the profile of the ratings that count, ascending.
    let places: [Int]
    /// t of each.
    let targets: [Float]
    /// v of each, one after the other.
    let vectors: [Float]
}
