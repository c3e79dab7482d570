extension ModelParameters {
    /// Why they cannot be used, in a few words; nil when they can. Parameters come from files and options, so that anything may be in them.
    package var problem: String? { nil }
}
