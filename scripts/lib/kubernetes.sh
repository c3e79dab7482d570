# shellcheck shell=bash
# The whole service on a Kubernetes cluster of this machine: kind, minikube, k3d. Uses the other parts.

kubernetes_usage() {
    cat <<TEXT
Runs Kindred on the Kubernetes cluster of this machine that kubectl is set to: kind, minikube, k3d, Docker Desktop.

    $me --kubernetes [up]      build the images, bring everything to the cluster, wait, and forward ports to it
        --context NAME         this cluster, although it does not look like one of this machine
        --no-images            the cluster has the images already
    $me --kubernetes status    what runs there, and what is forwarded
    $me --kubernetes run NAME  gateway, worker or kindred from the build folder with the settings of the cluster, for a
                               debugger's sake: run worker, run kindred doctor
    $me --kubernetes down      remove all of it from the cluster, data included
TEXT
}

dry_run=false context='' namespace=kindred
overlay=deploy/overlays/local

# What is forwarded: the service, its port, and the port that is tried first here.
forwards=(
    "gateway:80:8080" "app:80:8501" "rabbitmq:5672:5672" "management:15672:15672" "redis-data:6379:6379" "redis-cache:6379:6380"
)

kubernetes() {
    local action=up
    if (($# > 0)) && [[ "$1" != --* ]]; then
        action=$1
        shift
    fi
    prepare_state "$PWD/.local/kubernetes"
    case "$action" in
    up | status | down | run) ;;
    *) fail "The command $action is not known." "$me --kubernetes --help shows those that are." ;;
    esac
    if [[ "${1:-}" == --help || "${1:-}" == -h ]]; then
        kubernetes_usage
        return 0
    fi
    command -v kubectl >/dev/null || fail "kubectl was not found." "https://kubernetes.io/docs/tasks/tools/ says where to get it."
    take_lock 2 || fail "Another run of this script is at work with the cluster."
    "kubernetes_$action" "$@"
}

in_cluster() { kubectl --context "$context" --namespace "$namespace" "$@"; }
run_kubectl() { kubectl --context "$context" "$@" || fail "kubectl did not succeed: $*"; }

# choose_context [NAME]: nothing is ever applied to a cluster elsewhere that kubectl happens to be set to.
choose_context() {
    local asked=${1:-$(remembered context)}
    context=${asked:-$(kubectl config current-context 2>/dev/null || true)}
    if [[ -z "$context" ]]; then
        fail "kubectl is set to no cluster." "One on this machine, for example: kind create cluster"
    fi
    if [[ -z "$asked" && ! "$context" =~ ^(kind-|k3d-|minikube|docker-desktop$|rancher-desktop$|orbstack$|colima) ]]; then
        fail "kubectl is set to $context, which does not look like a cluster of this machine." \
            "If it is meant: $me --kubernetes up --context $(quoted "$context")"
    fi
}

kubernetes_up() {
    local images=true asked=''
    while (($# > 0)); do
        case "$1" in
        --no-images) images=false ;;
        --context)
            if (($# < 2)) || [[ -z "$2" ]]; then fail "--context needs a value."; fi
            asked=$2
            shift
            ;;
        *) fail "The option $1 is not known." "$me --kubernetes --help shows those that are." ;;
        esac
        shift
    done
    choose_context "$asked"
    remember context "$context"
    step "Cluster: $context"
    if [[ "$images" == true ]]; then bring_images; fi

    step "Applying $overlay"
    run_kubectl apply --filename deploy/base/namespace.yaml
    ensure_secrets "$namespace"
    # A job cannot be changed; this one makes the same sample each time.
    in_cluster delete job sample --ignore-not-found >/dev/null
    run_kubectl apply --kustomize "$overlay" >"$log_folder/apply.log"
    if [[ "$images" == true ]]; then
        # Images of the same name are new ones nevertheless.
        run_kubectl --namespace "$namespace" rollout restart deployment/gateway deployment/worker deployment/app >/dev/null
    fi
    step "Waiting until everything runs (minutes the first time: images of Redis and RabbitMQ are fetched)"
    local name
    run_kubectl --namespace "$namespace" wait --for condition=complete --timeout 10m job/sample
    for name in statefulset/rabbitmq statefulset/redis-data deployment/redis-cache deployment/gateway deployment/worker \
        deployment/app; do
        run_kubectl --namespace "$namespace" rollout status --timeout 10m "$name"
    done
    forward_ports
    write_cluster_settings
    show_kubernetes_guide
}

# Builds the images with docker, and hands them to the cluster where that has a store of its own.
bring_images() {
    local names=(gateway worker cli app) name file
    command -v docker >/dev/null || fail "docker was not found, which builds the images." \
        "If the cluster has them already: $me --kubernetes up --no-images"
    for name in "${names[@]}"; do
        step "Image kindred-$name"
        file=(--file Dockerfiles/swift.Dockerfile --target "$name")
        if [[ "$name" == app ]]; then file=(--file Dockerfiles/app.Dockerfile); fi
        docker build --quiet "${file[@]}" --tag "kindred-$name:dev" . >/dev/null || fail "The image kindred-$name could not be built."
    done
    names=("${names[@]/#/kindred-}")
    names=("${names[@]/%/:dev}")
    step "Handing the images to the cluster"
    case "$context" in
    kind-*) kind load docker-image --name "${context#kind-}" "${names[@]}" ;;
    k3d-*) k3d image import --cluster "${context#k3d-}" "${names[@]}" ;;
    minikube*) for name in "${names[@]}"; do minikube image load --profile "$context" "$name" || return; done ;;
    *) say "    $context is taken to use docker's own." ;;
    esac || fail "The images could not be handed to $context."
}

# A forward ends with the pod that it leads to, so each `up` begins those anew that have ended.
forward_ports() {
    local entry name remote first service
    step "Forwarding ports"
    for entry in "${forwards[@]}"; do
        IFS=: read -r name remote first <<<"$entry"
        if is_running "$name"; then continue; fi
        if [[ -z "$(remembered "port_$name")" ]] && ! port_is_taken "$first"; then
            remember "port_$name" "$first"
        else
            choose_port "port_$name"
        fi
        service=$name
        if [[ "$name" == management ]]; then service=rabbitmq; fi
        start_process "$name" kubectl --context "$context" --namespace "$namespace" port-forward --address 127.0.0.1 \
            "service/$service" "$(remembered "port_$name"):$remote"
    done
    for entry in "${forwards[@]}"; do
        name=${entry%%:*}
        if ! wait_until 30 "$name is forwarded to" unless_ended "$name" port_is_taken "$(remembered "port_$name")"; then
            show_last_lines "$name"
            fail "The port of $name could not be forwarded."
        fi
    done
    await_ready gateway "$(remembered port_gateway)"
}

# The secrets of the cluster as files here, for programs of the build folder.
write_cluster_settings() {
    local name key
    for name in gateway worker operator; do
        mkdir -p "$state_folder/secrets/$name"
        for key in redis-password rabbitmq-password; do
            (
                umask 077
                in_cluster get secret "$name" --output "jsonpath={.data.$key}" | base64 --decode >"$state_folder/secrets/$name/$key"
            ) || fail "The secret $name of the cluster could not be read."
        done
    done
}

# The data of the cluster is the sample, which is the same wherever it is made.
make_cluster_data() {
    if [[ -d "$state_folder/data/kindred.models" ]]; then return 0; fi
    step "Making the data that the cluster has"
    rm -rf "$state_folder/data"
    mkdir -p "$state_folder/data"
    {
        "$programs/kindred" sample "$state_folder/data/sample" &&
            "$programs/kindred" import "$state_folder/data/sample" --output "$state_folder/data/kindred.ratings" &&
            "$programs/kindred" train --ratings "$state_folder/data/kindred.ratings" --models "$state_folder/data/kindred.models"
    } >"$log_folder/data.log" 2>&1 || {
        show_last_lines data
        fail "The data could not be made."
    }
}

kubernetes_run() {
    local name=${1:-} role=${1:-} program=kindred-${1:-}
    case "$name" in
    gateway | worker) ;;
    kindred) role=operator program=kindred ;;
    *) fail "What should run?" "$me --kubernetes run gateway | worker | kindred ARGUMENTS" ;;
    esac
    shift
    choose_context
    if [[ ! -d "$state_folder/secrets/$role" ]] || ! is_running redis-data; then
        fail "Nothing is forwarded to the cluster." "First: $me --kubernetes up"
    fi
    build_programs
    make_cluster_data
    release_lock
    local user=$role
    if [[ "$role" == operator ]]; then user=kindred; fi
    local -x REDIS_HOST=127.0.0.1 REDIS_PORT REDIS_USER=$user REDIS_PASSWORD_FILE=$state_folder/secrets/$role/redis-password
    local -x REDIS_CACHE_HOST=127.0.0.1 REDIS_CACHE_PORT REDIS_CACHE_USER=$user REDIS_CACHE_PASSWORD_FILE=$REDIS_PASSWORD_FILE
    local -x RABBITMQ_HOST=127.0.0.1 RABBITMQ_PORT RABBITMQ_USER=$user
    local -x RABBITMQ_PASSWORD_FILE=$state_folder/secrets/$role/rabbitmq-password RABBITMQ_LOG_BYTE_COUNT=10000000000
    local -x RATINGS_FILE=$state_folder/data/kindred.ratings MODELS_FOLDER=$state_folder/data/kindred.models
    local -x RECOMMENDER_ALGORITHM=blend GATEWAY_HOST=127.0.0.1 GATEWAY_PORT WORKER_HEALTH_PORT=0 RABBITMQ_DECLARE=false
    REDIS_PORT=$(remembered port_redis-data)
    REDIS_CACHE_PORT=$(remembered port_redis-cache)
    RABBITMQ_PORT=$(remembered port_rabbitmq)
    GATEWAY_PORT=$(free_port)
    if [[ "$name" == gateway ]]; then say "This gateway: http://127.0.0.1:$GATEWAY_PORT"; fi
    exec "$programs/$program" "$@"
}

kubernetes_status() {
    local entry name state
    if (($# > 0)); then fail "\`status\` takes no options."; fi
    choose_context
    in_cluster get pods
    for entry in "${forwards[@]}"; do
        name=${entry%%:*}
        state="not forwarded"
        if is_running "$name"; then state="127.0.0.1:$(remembered "port_$name")"; fi
        printf '%-12s %s\n' "$name" "$state"
    done
}

kubernetes_down() {
    local entry names=()
    if (($# > 0)); then fail "\`down\` takes no options."; fi
    choose_context
    step "Removing everything from $context"
    for entry in "${forwards[@]}"; do names+=("${entry%%:*}"); done
    stop_together 5 "${names[@]}"
    run_kubectl delete namespace "$namespace" --ignore-not-found --timeout 10m
    rm -rf "$state_folder/secrets" "$state_folder/choices"
    say "Removed."
}

show_kubernetes_guide() {
    cat <<TEXT

${bold}Kindred runs in the cluster $context.${plain}
    web app            http://127.0.0.1:$(remembered port_app)
    API                http://127.0.0.1:$(remembered port_gateway)/v1
    API key            kubectl -n $namespace get secret gateway -o 'jsonpath={.data.api-key}' | base64 -d
    RabbitMQ's pages   http://127.0.0.1:$(remembered port_management)   user kindred, password in $(quoted "$state_folder/secrets/operator/rabbitmq-password")
    Redis              127.0.0.1:$(remembered port_redis-data) and 127.0.0.1:$(remembered port_redis-cache)

Scale:    kubectl -n $namespace scale deployment/worker --replicas 3
A worker of the build folder beside those: $me --kubernetes run worker
Remove:   $me --kubernetes down
TEXT
}
