#!/usr/bin/env bash
# Makes up new passwords and keys while everything runs.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source scripts/lib/ui.sh
source scripts/lib/secrets.sh
source deploy/gke/lib.sh

usage() {
    cat <<'TEXT'
Makes up new passwords for Redis and RabbitMQ and new API keys, and restarts gateways and workers one by one with them. The old
passwords and keys stay good beside the new ones until --finish, so that nobody is refused. Settings: .local/gke.env.

    deploy/gke/rotate-secrets.sh [--dry-run]
        --finish   from now on only the new ones are good; first give the new API key to all who send one
        --rights   change no password, but give the users of Redis and RabbitMQ the rights that this version needs; deploy.sh does it
TEXT
}

read_options "$@"
case "${options[*]}" in
'') mode=--beside ;;
--finish) mode=--alone ;;
--rights) mode=--rights ;;
*) fail "The option ${options[0]} is not known." ;;
esac
read_settings
require_commands gcloud kubectl python3
use_context

secrets=(gateway worker operator redis-data redis-cache rabbitmq keda sentinel)
if [[ "$dry_run" == true ]]; then folder=FOLDER; else folder=$(private_folder); fi
trap 'if [[ "$dry_run" == false ]]; then rm -rf "$folder"; fi' EXIT

# put NAME...: these Secrets of the folder into the cluster.
put() {
    local name
    for name in "$@"; do
        if [[ "$dry_run" == true ]]; then
            run_kubectl --namespace "$namespace" create secret generic "$name" --from-file "$folder/$name"
        else
            put_secret "$namespace" "$name" "$folder/$name"
        fi
    done
}

# when_seen POD PATH FILE COMMAND...: the command in the pod, once its file at the path, which a Secret is mounted as, is like ours.
when_seen() {
    local pod=$1 path=$2 file=$3 patience=180
    shift 3
    if [[ "$dry_run" == false ]]; then
        until kubectl --context "$context" --namespace "$namespace" exec "$pod" -- cat "$path" 2>/dev/null | cmp --silent - "$file"; do
            if ((patience-- == 0)); then fail "$pod does not get its new $path."; fi
            sleep 1
        done
    fi
    run_kubectl --namespace "$namespace" exec "$pod" -- "$@"
}

pods_of() {
    if [[ "$dry_run" == true ]]; then printf 'pod/%s-0\n' "$1"; else
        kubectl --context "$context" --namespace "$namespace" get pods --selector "app.kubernetes.io/name=$1" --output name
    fi
}

if [[ "$dry_run" == false ]]; then
    kubectl --context "$context" --namespace "$namespace" get secrets "${secrets[@]}" --output json |
        python3 deploy/make_secrets.py "$folder" "$mode" || fail "The secrets of the cluster could not be read."
fi

# is_new NAME: where nothing but rights may have changed, only what did is in the folder.
is_new() { [[ "$dry_run" == true || -d "$folder/$1" ]]; }

for store in redis-data redis-cache; do
    if ! is_new "$store"; then continue; fi
    step "$store"
    put "$store"
    for pod in $(pods_of "$store"); do
        when_seen "$pod" /run/secrets/redis/users.acl "$folder/$store/users.acl" redis-cli -e --user health acl load
    done
done

if [[ "$mode" != --alone ]] && is_new rabbitmq; then
    # Connections that are there go on; a new password is asked for when somebody connects.
    step "RabbitMQ"
    put rabbitmq
    place=/run/secrets/rabbitmq/definitions.json
    when_seen pod/rabbitmq-server-0 "$place" "$folder/rabbitmq/definitions.json" rabbitmqctl import_definitions "$place"
fi
if [[ "$mode" == --rights ]]; then exit 0; fi

step "Gateways and workers"
restarted=(deployment/gateway)
if [[ "$mode" == --beside ]]; then
    put operator keda worker
    restarted=(deployment/worker deployment/gateway)
fi
put gateway
for name in "${restarted[@]}"; do
    run_kubectl --namespace "$namespace" rollout restart "$name"
    run_kubectl --namespace "$namespace" rollout status --timeout 15m "$name"
done
if [[ "$dry_run" == false && "$mode" == --beside ]]; then
    say "The new API key is the first line of this; when all frontends send it: deploy/gke/rotate-secrets.sh --finish"
    say "kubectl --namespace $namespace get secret gateway --output 'jsonpath={.data.api-key}' | base64 -d"
fi
