# shellcheck shell=bash
# Kindred's own processes, and the order in which everything starts and stops. Uses all other parts.

# Runs a command with the settings that gateway and workers share. Secrets are handed over as files: neither the list
# of processes nor the environment shows them.
with_shared_settings() {
    local -x REDIS_HOST=127.0.0.1 REDIS_PORT REDIS_PASSWORD_FILE
    local -x RABBITMQ_HOST=127.0.0.1 RABBITMQ_PORT RABBITMQ_USER=kindred RABBITMQ_PASSWORD_FILE
    local -x RATINGS_FILE=$state_folder/kindred.ratings MODELS_FOLDER=$state_folder/models
    # The models are trained before anything starts, so the best of them may be what requests get that do not say.
    local -x RECOMMENDER_ALGORITHM=${RECOMMENDER_ALGORITHM:-blend} LOG_LEVEL=${LOG_LEVEL:-info} LOG_FORMAT=${LOG_FORMAT:-text}
    REDIS_PORT=$(remembered port_redis)
    REDIS_PASSWORD_FILE=$(secret_file redis-password)
    RABBITMQ_PORT=$(remembered port_rabbitmq)
    RABBITMQ_PASSWORD_FILE=$(secret_file rabbitmq-password)
    "$@"
}

# Redis and RabbitMQ, those of the two that do not run yet.
start_servers() {
    local redis_password rabbitmq_password port
    redis_password=$(<"$(secret_file redis-password)")
    rabbitmq_password=$(<"$(secret_file rabbitmq-password)")
    if is_running redis && is_running rabbitmq; then return 0; fi
    step "Starting Redis and RabbitMQ (private ones: only this machine can reach them, and only with a password)"
    if ! is_running redis; then
        choose_port port_redis
        start_redis "$state_folder/redis" "$(remembered port_redis)" "$redis_password"
        started+=(redis)
    fi
    if ! is_running rabbitmq; then
        # Left alone when only the broker had died; a new one knows the same cookie.
        stop_process epmd 5
        for port in rabbitmq management distribution epmd; do choose_port "port_$port"; done
        started+=(rabbitmq epmd)
        start_rabbitmq "$state_folder/rabbitmq" "$(remembered port_rabbitmq)" "$(remembered port_management)" \
            "$(remembered port_distribution)" "$(remembered port_epmd)" kindred "$rabbitmq_password"
    fi
    await_redis "$(remembered port_redis)" "$redis_password"
    await_rabbitmq "$(remembered port_rabbitmq)" "$(remembered port_management)" kindred "$rabbitmq_password"
}

is_ready() { curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$1/readyz" 2>/dev/null; }

# await_ready NAME PORT
await_ready() {
    if ! wait_until 60 "$1 is ready" unless_ended "$1" is_ready "$2"; then
        show_last_lines "$1"
        fail "$1 did not become ready."
    fi
}

start_gateway() {
    if is_running gateway; then return 0; fi
    # Empty counts as not set: whatever the caller's shell has, only this machine reaches this gateway, and it needs no key.
    local -x GATEWAY_HOST=127.0.0.1 GATEWAY_PORT GATEWAY_API_KEY='' GATEWAY_API_KEY_FILE=''
    # The web app says whose browser it asks for, so that a guest who is too busy slows down nobody else.
    local -x GATEWAY_ACCOUNTS=true GATEWAY_TRUSTED_PROXIES=127.0.0.1,::1
    GATEWAY_PORT=$(remembered port_gateway)
    with_shared_settings start_process gateway "$programs/kindred-gateway"
    started+=(gateway)
}

# Prints the names of the workers that run, or that should and do not, in the order of their numbers.
worker_names() {
    find "$run_folder" -name 'worker-*.pid' -printf '%f\n' | sed 's/\.pid$//' | LC_ALL=C sort -t - -k 2 -n
}

running_workers() {
    local name
    for name in $(worker_names); do
        if is_running "$name"; then printf '%s\n' "$name"; fi
    done
}

# start_workers COUNT: starts those that are missing, and waits for all.
start_workers() {
    local number name names=()
    for ((number = 1; number <= $1; number++)); do
        name=worker-$number
        names+=("$name")
        if is_running "$name"; then continue; fi
        choose_port "port_$name"
        start_worker "$name" "$(remembered "port_$name")"
        started+=("$name")
    done
    for name in "${names[@]}"; do await_ready "$name" "$(remembered "port_$name")"; done
}

start_worker() {
    local -x WORKER_HEALTH_HOST=127.0.0.1 WORKER_HEALTH_PORT=$2
    with_shared_settings start_process "$1" "$programs/kindred-worker"
}

# Whether it has been started and not been stopped, running or not.
is_started() { [[ -e "$run_folder/$1.pid" ]]; }

# Everything that has been started and not been stopped, running or not.
process_names() {
    find "$run_folder" -name '*.pid' ! -name up.pid -printf '%f\n' | sed 's/\.pid$//' | LC_ALL=C sort
}

# stop_processes NAME...: first those that carry out jobs, which finish what they have begun, then what they need for
# that, then epmd, which RabbitMQ needs for its own end.
stop_processes() {
    local name clients=() servers=()
    for name in "$@"; do
        case "$name" in
        app | gateway | worker-*) clients+=("$name") ;;
        redis | rabbitmq) servers+=("$name") ;;
        build) stop_build ;;
        evaluation) stop_process evaluation 5 ;;
        esac
    done
    if ((${#clients[@]} > 0)); then
        say "    Stopping ${clients[*]} (they finish what they have begun)"
        stop_together 15 "${clients[@]}"
    fi
    if ((${#servers[@]} > 0)); then
        say "    Stopping ${servers[*]} (they write everything to disk)"
        stop_together 60 "${servers[@]}"
    fi
    if [[ " $* " == *" epmd "* ]]; then stop_process epmd 5; fi
}
