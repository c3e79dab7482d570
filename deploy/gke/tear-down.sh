#!/usr/bin/env bash
# Removes the cluster and its address; with --data also everything that was stored.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source scripts/lib/ui.sh
source deploy/gke/lib.sh

usage() {
    cat <<'TEXT'
Removes the cluster with all ratings and accounts in it, and its address. Buckets and images stay, unless --data is given. What is not
there any more is left out. Settings: .local/gke.env.

    deploy/gke/tear-down.sh [--dry-run] [--data]
        --yes CLUSTER   do not ask; the name of the cluster, to be sure
TEXT
}

read_options "$@"
data=false sure=''
while ((${#options[@]} > 0)); do
    case "${options[0]}" in
    --data) data=true ;;
    --yes)
        if ((${#options[@]} < 2)); then fail "--yes needs the name of the cluster."; fi
        sure=${options[1]}
        options=("${options[@]:1}")
        ;;
    *) fail "The option ${options[0]} is not known." ;;
    esac
    options=("${options[@]:1}")
done
read_settings
require_commands gcloud kubectl
use_context

if [[ "$dry_run" == false ]]; then
    if [[ -z "$sure" && -t 0 ]]; then
        read -r -p "This deletes the cluster $CLUSTER in $PROJECT with all ratings and accounts. Its name, to go on: " sure
    fi
    if [[ "$sure" != "$CLUSTER" ]]; then fail "Nothing was removed."; fi
fi

# if_there "what" LOOK... -- COMMAND...
if_there() {
    local what=$1 look=()
    shift
    while [[ "$1" != -- ]]; do
        look+=("$1")
        shift
    done
    shift
    if [[ "$dry_run" == false ]] && ! "${look[@]}" >/dev/null 2>&1; then
        say "    $what: not there"
        return 0
    fi
    if [[ "$dry_run" == false ]]; then say "    $what: is removed"; fi
    run "$@"
}

step "Cluster"
# The balancer and the disks are Google's own things, which do not go with the cluster by themselves.
if_there "namespace $namespace" kubectl --context "$context" get namespace "$namespace" -- \
    kubectl --context "$context" delete namespace "$namespace" --timeout 15m
if_there "cluster $CLUSTER" cloud container clusters describe "$CLUSTER" --region "$REGION" -- \
    gcloud --quiet --project "$PROJECT" container clusters delete "$CLUSTER" --region "$REGION"
if_there "address kindred" cloud compute addresses describe kindred --global -- \
    gcloud --quiet --project "$PROJECT" compute addresses delete kindred --global

if [[ "$ENTRANCE" == gateway ]]; then
    step "Certificate"
    if_there "entry of the map" cloud certificate-manager maps entries describe kindred --map kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager maps entries delete kindred --map kindred
    if_there "map of certificates" cloud certificate-manager maps describe kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager maps delete kindred
    if_there "certificate" cloud certificate-manager certificates describe kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager certificates delete kindred
fi

if [[ "$data" == false ]]; then
    say "What is left: the buckets $DATA_BUCKET and $BACKUP_BUCKET and the registry $REPOSITORY. --data removes them as well."
    exit 0
fi
step "Buckets and registry"
for bucket in "$DATA_BUCKET" "$BACKUP_BUCKET"; do
    if_there "bucket $bucket" cloud storage buckets describe "gs://$bucket" -- \
        gcloud --quiet --project "$PROJECT" storage rm --recursive "gs://$bucket"
done
if_there "registry $REPOSITORY" cloud artifacts repositories describe "$REPOSITORY" --location "$REGION" -- \
    gcloud --quiet --project "$PROJECT" artifacts repositories delete "$REPOSITORY" --location "$REGION"
