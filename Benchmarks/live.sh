#!/usr/bin/env bash
# What workers learn from each other's users, and what it costs to change their files: measured on servers of its own, which are gone
# afterwards, as are the data.
set -euo pipefail
me=$0
called_from=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source scripts/lib/ui.sh
source scripts/lib/packages.sh
source scripts/lib/ports.sh
source scripts/lib/processes.sh
source scripts/lib/redis.sh
source scripts/lib/rabbitmq.sh
me=$(quoted "$me")

usage() {
    cat <<TEXT
Measures on servers of its own:

    $me effect [OPTIONS]    how long it takes from the 202 of one user's rating to its effect on another user's list
        --trials N          (50)
    $me switch [OPTIONS]    what changing files under load costs: p99 of jobs with and without, by turns
        --rate N            requests a second (without it: seven tenths of what it answers at most)
        --seconds N         each turn (20)
        --rounds N          turns of each kind (3)
        --every N           seconds from one change to the next (4)
    both:
        --workers N         (2)
        --data FOLDER       what \`kindred import\` takes (\$KINDRED_DATA/ml-latest-small; without it the synthetic sample)
        --programs FOLDER   where the programs are (.build/release, built when they are missing)
TEXT
}

what=${1:-}
case "$what" in
effect | switch) shift ;;
*)
    usage
    exit 2
    ;;
esac
workers=2 data='' programs='' options=()
while (($# > 0)); do
    if (($# < 2)); then fail "$1 needs a value."; fi
    case "$1" in
    --workers) workers=$2 ;;
    --data) data=$(cd "$called_from" && realpath --canonicalize-existing -- "$2") ;;
    --programs) programs=$(cd "$called_from" && realpath --canonicalize-existing -- "$2") ;;
    --trials | --rate | --seconds | --rounds | --every) options+=("$1" "$2") ;;
    *) fail "The option $1 is not known." "$me says which there are." ;;
    esac
    shift 2
done
if [[ -z "$data" && -d "${KINDRED_DATA:-}/ml-latest-small" ]]; then data=$KINDRED_DATA/ml-latest-small; fi

folder=''
# shellcheck disable=SC2317 # Called by the trap.
clean_up() {
    set +e
    trap '' INT TERM HUP
    if [[ -n "$folder" ]]; then
        mapfile -t names < <(find "$run_folder" -name 'worker-*.pid' -printf '%f\n' | sed 's/\.pid$//')
        stop_together 15 gateway "${names[@]}"
        stop_rabbitmq 0
        stop_redis 0
        rm -rf "$folder"
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

further_packages+=("command:python3:python3:asks and measures")
install_packages
if [[ -z "$programs" ]]; then
    programs=.build/release
    step "Building (minutes the first time)"
    swift build -c release
fi
programs=$(realpath "$programs")
folder=$(mktemp -d "${TMPDIR:-/tmp}/kindred-live-XXXXXX")
run_folder=$folder/run log_folder=$folder/log
mkdir "$run_folder" "$log_folder"
end_with_script=true
read -r redis_port amqp_port management_port distribution_port epmd_port gateway_port more_ports <<<"$(free_ports $((6 + workers)))"
read -ra worker_ports <<<"$more_ports"
step "Starting Redis and RabbitMQ"
start_redis "$folder/redis" "$redis_port"
start_rabbitmq "$folder/rabbitmq" "$amqp_port" "$management_port" "$distribution_port" "$epmd_port" guest guest

export DATA_FOLDER=$folder/data DATA_INTERVAL=1 LOG_LEVEL=warning RECOMMENDER_ALGORITHM=user-neighbors
export REDIS_HOST=127.0.0.1 REDIS_PORT=$redis_port RABBITMQ_HOST=127.0.0.1 RABBITMQ_PORT=$amqp_port
export GATEWAY_HOST=127.0.0.1 GATEWAY_PORT=$gateway_port
if [[ -z "$data" ]]; then
    data=$folder/sample
    "$programs/kindred" sample "$data" >/dev/null
fi
"$programs/kindred" import "$data"
await_redis "$redis_port"
await_rabbitmq "$amqp_port" "$management_port" guest guest
step "Starting the gateway, and workers: $workers"
start_process gateway "$programs/kindred-gateway"
for port in "${worker_ports[@]}"; do
    WORKER_HEALTH_PORT=$port start_process "worker-$port" "$programs/kindred-worker"
    options+=(--worker "$port")
done
python3 Benchmarks/live.py "$what" --url "http://127.0.0.1:$gateway_port" --kindred "$programs/kindred" "${options[@]}"
