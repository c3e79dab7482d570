# shellcheck shell=bash
# What the scripts of this folder share: settings, and `run`, through which every command goes that changes something. Uses ui.sh.
# shellcheck disable=SC2034  # What is set here is used by the scripts that source this.

settings_file=${KINDRED_GKE_SETTINGS:-.local/gke.env}
state_folder=.local/gke
namespace=kindred
dry_run=false

# Fills these in from the file, as text: it is not a script. Ends the script when one is missing.
PROJECT='' REGION='' CLUSTER='' DOMAIN='' ENTRANCE='' DATA_BUCKET='' BACKUP_BUCKET='' BACKUP_DAYS='' REPOSITORY=''
MACHINE_TYPE='' SPOT_MACHINE_TYPE='' MAXIMUM_SPOT_NODES='' BUILD_IMAGE='' RUN_IMAGE=''
setting_names=(PROJECT REGION CLUSTER DOMAIN ENTRANCE DATA_BUCKET BACKUP_BUCKET BACKUP_DAYS REPOSITORY
    MACHINE_TYPE SPOT_MACHINE_TYPE MAXIMUM_SPOT_NODES BUILD_IMAGE RUN_IMAGE)

read_settings() {
    local line name value problems=()
    if [[ ! -f "$settings_file" ]]; then
        fail "There are no settings: $settings_file is missing." "cp deploy/gke/settings.example.env $settings_file, and fill it in."
    fi
    while IFS= read -r line || [[ -n "$line" ]]; do
        if [[ -z "$line" || "$line" == '#'* ]]; then continue; fi
        name=${line%%=*} value=${line#*=}
        if [[ " ${setting_names[*]} " != *" $name "* || "$line" != *=* ]]; then
            problems+=("\"$line\" sets nothing that is known.")
        elif [[ ! "$value" =~ ^[A-Za-z0-9._:@/-]*$ ]]; then
            problems+=("$name holds what no name, number or image has: \"$value\".")
        else
            printf -v "$name" '%s' "$value"
        fi
    done <"$settings_file"
    for name in "${setting_names[@]}"; do
        if [[ -z "${!name}" ]]; then problems+=("$name is not set."); fi
    done
    if [[ "$ENTRANCE" != ingress && "$ENTRANCE" != gateway ]]; then problems+=("ENTRANCE is neither ingress nor gateway."); fi
    if [[ "$DATA_BUCKET" == "$BACKUP_BUCKET" ]]; then problems+=("DATA_BUCKET and BACKUP_BUCKET have to be two."); fi
    for name in BACKUP_DAYS MAXIMUM_SPOT_NODES; do
        if [[ ! "${!name}" =~ ^[1-9][0-9]*$ ]]; then problems+=("$name is no number."); fi
    done
    for name in BUILD_IMAGE RUN_IMAGE; do
        if [[ ! "${!name}" =~ @sha256:[0-9a-f]{64}$ ]]; then problems+=("$name is not pinned by a digest (…@sha256:…)."); fi
    done
    if ((${#problems[@]} > 0)); then fail "$settings_file is not complete:" "${problems[@]}"; fi
}

# read_options ARGUMENT...: what every script here takes. Others are left in `options`.
options=()
read_options() {
    while (($# > 0)); do
        case "$1" in
        --dry-run) dry_run=true ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) options+=("$1") ;;
        esac
        shift
    done
}

# require_commands NAME...: a dry run needs none of them.
require_commands() {
    local name
    if [[ "$dry_run" == true ]]; then return 0; fi
    for name in "$@"; do
        command -v "$name" >/dev/null || fail "The command $name was not found." "https://cloud.google.com/sdk/docs/install has it."
    done
}

# run COMMAND...: does it, or prints it in a dry run.
run() {
    local word words=()
    for word in "$@"; do words+=("$(quoted "$word")"); done
    if [[ "$dry_run" == true ]]; then say "${words[*]}"; else "$@" || fail "This did not succeed:" "${words[*]}"; fi
}

# unless_there "what" LOOK... -- COMMAND...: the command, unless the look at it succeeds. A dry run does not look.
unless_there() {
    local what=$1 look=()
    shift
    while [[ "$1" != -- ]]; do
        look+=("$1")
        shift
    done
    shift
    if [[ "$dry_run" == false ]] && "${look[@]}" >/dev/null 2>&1; then
        say "    $what: there already"
        return 0
    fi
    if [[ "$dry_run" == false ]]; then say "    $what: is made"; fi
    run "$@"
}

cloud() { gcloud --quiet --project "$PROJECT" "$@"; }
run_cloud() { run gcloud --quiet --project "$PROJECT" "$@"; }
run_kubectl() { run kubectl --context "$context" "$@"; }
context=''
use_context() { context=gke_${PROJECT}_${REGION}_${CLUSTER}; }

registry() { printf '%s-docker.pkg.dev/%s/%s' "$REGION" "$PROJECT" "$REPOSITORY"; }
