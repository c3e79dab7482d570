#!/usr/bin/env bash
# Brings a version of Kindred to the cluster, or the cluster back to one.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source scripts/lib/ui.sh
source scripts/lib/secrets.sh
source deploy/gke/lib.sh

usage() {
    cat <<'TEXT'
Brings this commit, or another one that was built before, to the cluster that create-cluster.sh made, and waits until it runs. No job
is lost on the way, and none refused: the new ones take over one by one, first workers, then gateways, then the web app, each when those
before run. Settings: .local/gke.env.

    deploy/gke/deploy.sh [--dry-run]
        --version COMMIT   one that build-and-push.sh built
        --back COMMIT      the same to an older one: the web app first, then gateways, then workers
        --more COMPONENT   also this one of deploy/components (monitoring, sentinel, rabbitmq-tls); may be given more than once
        --render           only print what would be applied
TEXT
}

read_options "$@"
version='' back=false render=false more=()
while ((${#options[@]} > 0)); do
    case "${options[0]}" in
    --render) render=true ;;
    --version | --back | --more)
        if ((${#options[@]} < 2)); then fail "${options[0]} needs a value."; fi
        if [[ "${options[0]}" == --more ]]; then more+=("${options[1]}"); else version=${options[1]}; fi
        if [[ "${options[0]}" == --back ]]; then back=true; fi
        options=("${options[@]:1}")
        ;;
    *) fail "The option ${options[0]} is not known." ;;
    esac
    options=("${options[@]:1}")
done
read_settings
for name in "${more[@]}"; do
    if [[ ! -f "deploy/components/$name/kustomization.yaml" ]]; then fail "There is no component $name in deploy/components."; fi
done
if [[ "$render" == false ]]; then require_commands gcloud kubectl python3; fi
use_context

version=${version:-$(git rev-parse --short=12 HEAD)}
images=$state_folder/images/$version
if [[ ! -s "$images" ]]; then
    fail "The images of $version were not built: $images is missing." "deploy/gke/build-and-push.sh builds those of this commit."
fi

# A kustomization of this cluster: the overlay, the entrance, the digests of the images, host name and buckets.
address=STATIC_ADDRESS
if [[ "$dry_run" == false && "$render" == false ]]; then
    address=$(cloud compute addresses describe kindred --global --format 'value(address)') ||
        fail "The address kindred is not there." "deploy/gke/create-cluster.sh makes it, and all else that is missing."
fi
folder=$state_folder/kustomization
mkdir -p "$folder"
# Google's balancers append the client's address and their own.
proxies=10.0.0.0/8,35.191.0.0/16,130.211.0.0/22,$address
host_patch() {
    printf '  - target: {kind: %s, name: kindred}\n    patch: |\n      - op: replace\n        path: %s\n        value: %s\n' "$@"
}
{
    printf '# Written by deploy/gke/deploy.sh.\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: %s\n' \
        "$namespace"
    printf 'resources: [../../../deploy/overlays/gke]\ncomponents:\n'
    for name in "gke-$ENTRANCE" "${more[@]}"; do printf '  - ../../../deploy/components/%s\n' "$name"; done
    printf 'images:\n'
    while read -r name place digest; do
        printf '  - {name: %s, newName: %s, digest: "%s"}\n' "$name" "$place" "$digest"
    done <"$images"
    printf 'configMapGenerator:\n'
    printf '  - name: data\n    behavior: merge\n    literals: ["DATA_URL=gs://%s", "BACKUP_URL=gs://%s"]\n' \
        "$DATA_BUCKET" "$BACKUP_BUCKET"
    printf '  - name: gateway\n    behavior: merge\n    literals: ["GATEWAY_TRUSTED_PROXIES=%s"]\n' "$proxies"
    printf '  - name: app\n    behavior: merge\n    literals: ["FORWARDED_ALLOW_IPS=%s"]\n' "${proxies#10.0.0.0/8,}"
    printf 'patches:\n'
    if [[ "$ENTRANCE" == ingress ]]; then
        host_patch Ingress /spec/rules/0/host "$DOMAIN"
        host_patch ManagedCertificate /spec/domains/0 "$DOMAIN"
    else
        host_patch HTTPRoute /spec/hostnames/0 "$DOMAIN"
    fi
} >"$folder/kustomization.yaml"
if [[ "$render" == true ]]; then exec "${KUBECTL:-kubectl}" kustomize "$folder"; fi

step "Namespace and secrets"
run_kubectl apply --filename deploy/base/namespace.yaml
ensure_secrets "$namespace"

# First alone: a queue is best declared when all three nodes are there to keep it.
step "RabbitMQ"
unless_there "RabbitMQ" kubectl --context "$context" --namespace "$namespace" get rabbitmqcluster rabbitmq -- \
    kubectl --context "$context" --namespace "$namespace" apply --filename deploy/overlays/gke/rabbitmq.yaml
run_kubectl --namespace "$namespace" wait --for condition=AllReplicasReady --timeout 20m rabbitmqcluster/rabbitmq

# A version may need rights that the one before did without.
step "Rights"
rights=(deploy/gke/rotate-secrets.sh --rights)
if [[ "$dry_run" == true ]]; then rights+=(--dry-run); fi
"${rights[@]}"

# The version that runs, as far as it was built here; empty where none does.
running_version() {
    local image notes
    image=$(kubectl --context "$context" --namespace "$namespace" get deployment gateway \
        --output 'jsonpath={.spec.template.spec.containers[0].image}' 2>/dev/null) || return 0
    notes=$(grep --files-with-matches --fixed-strings " ${image##*@}" "$state_folder"/images/* 2>/dev/null | head -n 1) || true
    printf '%s' "${notes##*/}"
}

# What goes back to the version that ran before, if there was another one.
way_back() {
    if [[ -n "$before" && "$before" != "$version" ]]; then printf 'To go back: deploy/gke/deploy.sh --back %s' "$before"; fi
}

# wait_for NAME: until all pods of it are new and ready.
wait_for() {
    if [[ "$dry_run" == false ]]; then
        if kubectl --context "$context" --namespace "$namespace" rollout status --timeout 15m "$1"; then return 0; fi
        fail "$1 is not ready with version $version. What ran before runs on." \
            "kubectl --namespace $namespace get pods says more, and docs/operations.md what to look for. $(way_back)"
    fi
    run_kubectl --namespace "$namespace" rollout status --timeout 15m "$1"
}

# Workers read what older gateways write, and gateways may write what only new workers read; the web app asks for what only new
# gateways may have. Back it is the other way round. All at once where nothing runs yet, since it is the gateways that declare
# the queues.
order=(worker gateway app) before=''
if [[ "$back" == true ]]; then order=(app gateway worker); fi
stores=(statefulset/redis-data deployment/redis-cache)
if [[ "$dry_run" == false ]]; then
    before=$(running_version)
    if ! kubectl --context "$context" --namespace "$namespace" get deployment worker >/dev/null 2>&1; then
        step "Everything, version $version"
        run_kubectl apply --kustomize "$folder"
        for name in "${stores[@]}" "${order[@]/#/deployment/}"; do wait_for "$name"; done
        order=()
    fi
fi
for place in "${!order[@]}"; do
    step "${order[place]}, version $version"
    later=$(IFS=, && printf '%s' "${order[*]:place+1}")
    selector=()
    if [[ -n "$later" ]]; then selector=(--selector "app.kubernetes.io/name notin ($later)"); fi
    run_kubectl apply --kustomize "$folder" "${selector[@]}"
    if ((place == 0)); then
        for name in "${stores[@]}"; do wait_for "$name"; done
    fi
    wait_for "deployment/${order[place]}"
done
if [[ "$dry_run" == false ]]; then
    say "Version $version runs at https://$DOMAIN (a new certificate takes up to an hour). $(way_back)"
fi
