/// What a profile's ratings come to: the user's factors, and what they were solved from.
///
/// x solves A x = Σ w v, with A = unobservedWeight · Σ over all items of v vᵀ + Σ w v vᵀ + penalty · I, the second and the last sum over the
/// profile's items with their weights w: the step of alternating least squares, made for one user (Hu et al. 2008, § 4).
struct FoldIn {
    /// x.
    let user: [Float]
    /// Of A.
    let system: CholeskyFactor
    /// Places in the profile of the ratings that count, ascending.
    let places: [Int]
    /// w of each.
    let weights: [Float]
    /// v of each, one after the other.
    let vectors: [Float]
}
