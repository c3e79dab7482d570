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
is lost on the way, and none refused: the new ones take over one by one. Settings: .local/gke.env.

    deploy/gke/deploy.sh [--dry-run]
        --version COMMIT   one that build-and-push.sh built, for example to go back
        --more COMPONENT   also this one of deploy/components (monitoring, sentinel, rabbitmq-tls); may be given more than once
        --render           only print what would be applied
TEXT
}

read_options "$@"
version='' render=false more=()
while ((${#options[@]} > 0)); do
    case "${options[0]}" in
    --render) render=true ;;
    --version | --more)
        if ((${#options[@]} < 2)); then fail "${options[0]} needs a value."; fi
        if [[ "${options[0]}" == --version ]]; then version=${options[1]}; else more+=("${options[1]}"); fi
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

step "Everything else, version $version"
run_kubectl apply --kustomize "$folder"
for name in statefulset/redis-data deployment/redis-cache deployment/gateway deployment/worker deployment/app; do
    run_kubectl --namespace "$namespace" rollout status --timeout 15m "$name"
done
if [[ "$dry_run" == false ]]; then say "Version $version runs at https://$DOMAIN (a new certificate takes up to an hour)."; fi
