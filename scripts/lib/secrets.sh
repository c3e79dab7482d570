# shellcheck shell=bash
# The secrets of a cluster: made up once, kept in the cluster only. Uses ui.sh, `run_kubectl`, `context` and `dry_run` of the caller.

# private_folder: in memory where there is such a folder. Whoever asks for it removes it, whatever happens.
private_folder() {
    mktemp -d --tmpdir="$([[ -w /dev/shm ]] && printf /dev/shm || printf '%s' "${TMPDIR:-/tmp}")" kindred-secrets-XXXXXX
}

# put_secret NAMESPACE NAME FOLDER: a Secret with a key for each file.
put_secret() {
    kubectl --namespace "$1" create secret generic "$2" --from-file "$3" --dry-run=client --output yaml |
        kubectl --context "$context" --namespace "$1" apply --server-side --filename - >/dev/null ||
        fail "The secret $2 could not be made."
}

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
    folder=$(private_folder)
    (
        trap 'rm -rf "$folder"' EXIT
        python3 deploy/make_secrets.py "$folder/made"
        # The gateway's is the last: whether it is there says whether all of them are.
        for name in $(find "$folder/made" -mindepth 1 -maxdepth 1 -type d ! -name gateway -printf '%f\n' | LC_ALL=C sort) gateway; do
            put_secret "$namespace" "$name" "$folder/made/$name"
        done
    )
    say "    The secrets were made up. They are nowhere but in the cluster."
}
