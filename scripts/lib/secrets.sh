# shellcheck shell=bash
# The secrets of a cluster: made up once, kept in the cluster only. Uses ui.sh, `run_kubectl`, `context` and `dry_run` of the caller.

# ensure_secrets NAMESPACE [again]: makes them unless they are there; with `again` in any case, for which everything has to start anew.
ensure_secrets() {
    local namespace=$1 folder name
    if [[ "$dry_run" == true ]]; then
        say "python3 deploy/make_secrets.py FOLDER"
        run_kubectl --namespace "$namespace" create secret generic NAME --from-file FOLDER/NAME
        return 0
    fi
    if [[ "${2:-}" != again ]] && kubectl --context "$context" --namespace "$namespace" get secret gateway >/dev/null 2>&1; then
        say "    The secrets are there already."
        return 0
    fi
    # In memory where there is such a folder, and gone at the end whatever happens.
    folder=$(mktemp -d --tmpdir="$([[ -w /dev/shm ]] && printf /dev/shm || printf '%s' "${TMPDIR:-/tmp}")" kindred-secrets-XXXXXX)
    (
        trap 'rm -rf "$folder"' EXIT
        python3 deploy/make_secrets.py "$folder/made"
        # The gateway's is the last: whether it is there says whether all of them are.
        for name in $(find "$folder/made" -mindepth 1 -maxdepth 1 -type d ! -name gateway -printf '%f\n' | LC_ALL=C sort) gateway; do
            kubectl --namespace "$namespace" create secret generic "$name" --from-file "$folder/made/$name" \
                --dry-run=client --output yaml |
                kubectl --context "$context" --namespace "$namespace" apply --server-side --filename - >/dev/null ||
                fail "The secret $name could not be made."
        done
    )
    say "    The secrets were made up. They are nowhere but in the cluster."
}
