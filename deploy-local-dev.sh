#!/usr/bin/env bash
# Runs Kindred on this machine: Redis, RabbitMQ, the gateway, any number of workers and the web app, with one command.
set -euo pipefail
me=$0
# A folder given by the user is meant from where the user is; everything else is relative to this script.
called_from=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
source scripts/lib/ui.sh
source scripts/lib/packages.sh
source scripts/lib/ports.sh
source scripts/lib/processes.sh
source scripts/lib/redis.sh
source scripts/lib/rabbitmq.sh
source scripts/lib/local_state.sh
source scripts/lib/build.sh
source scripts/lib/data.sh
source scripts/lib/python.sh
source scripts/lib/services.sh
source scripts/lib/evaluation.sh
source scripts/lib/app.sh
source scripts/lib/guide.sh
me=$(quoted "$me")

usage() {
    cat <<TEXT
Runs Kindred on this machine: Redis, RabbitMQ, the gateway, workers and the web app.

    $me [up] [OPTIONS]     start everything and show its state; Ctrl-C stops everything
        --detach           return once everything runs; \`down\` stops it
        --workers N        how many workers (2)
        --port N           the port of the gateway (8080)
        --app-port N       the port of the web app (8501, or another one when that is taken)
        --no-app           leave the web app out
        --data PATH        a folder or file that \`kindred import\` takes: MovieLens, Last.fm, any table;
                           or \`movielens\`, or \`sample\`.
                           Without it: the one of the last time; the first time MovieLens ml-latest-small is
                           downloaded, and if that cannot be done, a synthetic sample is used
    $me down               stop everything
    $me status             show what runs; succeeds when everything is ready
    $me logs [NAME [-f]]   show a log; -f follows it
    $me scale N            have N workers; those that go finish their jobs first
    $me kindred ARGUMENTS  the command line \`kindred\` with the settings of what runs here: kindred doctor
    $me --kubernetes …     the same on a Kubernetes cluster of this machine: see $me --kubernetes --help

It installs what is missing with apt, and for the web app with pip into a folder of its own, and builds Kindred. Everything
it writes is in .local/ and .build/; the next start goes on with the data of the last. To begin afresh, stop it and delete .local/.
TEXT
}

# The processes that this run of the script started, and whether they go when it ends.
started=()
stop_at_end=nothing

clean_up() {
    local code=$?
    # From here on everything is tried, and a second Ctrl-C changes nothing.
    set +e
    trap '' INT TERM HUP
    remove_service_policy
    case "$stop_at_end" in
    nothing) return ;;
    started)
        if ((${#started[@]} > 0)) || is_running build || [[ -n "$interruptible" ]]; then
            step "Stopping what was started"
        fi
        end_interruptible
        stop_build
        stop_processes "${started[@]}"
        ;;
    everything)
        if is_terminal; then say; fi
        step "Stopping everything"
        take_lock 60 || true
        stop_all
        say "Stopped. The next start goes on with the same data."
        code=0
        ;;
    esac
    if [[ "$(pid_of up)" == "$$" ]]; then forget_process up; fi
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

stop_all() {
    local name names
    mapfile -t names < <(process_names)
    stop_processes "${names[@]}"
    # What is left are the notes of processes that had ended before.
    for name in "${names[@]}"; do forget_process "$name"; done
}

# missing_processes [NAME...]: names what is not running of what an `up` starts, and of those given.
missing_processes() {
    local name
    for name in redis epmd rabbitmq gateway $(worker_names) "$@"; do
        if ! is_running "$name"; then printf '%s\n' "$name"; fi
    done
}

# require_number WHAT TEXT LOWEST HIGHEST: without leading zeros, which bash takes for octal numbers.
require_number() {
    if [[ ! "$2" =~ ^(0|[1-9][0-9]{0,4})$ ]] || (($2 < $3 || $2 > $4)); then
        fail "$1 takes a number from $3 to $4, not \"$2\"."
    fi
}

refuse_while_busy() {
    fail "Another run of this script is starting or stopping things here." \
        "Wait until it is done, or stop everything with: $me down"
}

up() {
    local detach=false workers=2 port='' app=(app) app_port='' data='' folder='' options=$#
    while (($# > 0)); do
        case "$1" in
        --detach) detach=true ;;
        --no-app) app=() ;;
        --workers | --port | --app-port | --data)
            if (($# < 2)) || [[ -z "$2" ]]; then fail "$1 needs a value."; fi
            case "$1" in
            --workers) workers=$2 ;;
            --port) port=$2 ;;
            --app-port) app_port=$2 ;;
            --data) data=$2 ;;
            esac
            shift
            ;;
        *) fail "The option $1 is not known." "$me --help shows those that are." ;;
        esac
        shift
    done
    require_number --workers "$workers" 0 999
    if [[ -n "$port" ]]; then require_number --port "$port" 1 65535; fi
    if [[ -n "$app_port" ]]; then require_number --app-port "$app_port" 1 65535; fi
    if [[ -n "$data" && "$data" != movielens && "$data" != sample ]]; then
        folder=$(cd "$called_from" && realpath --canonicalize-existing -- "$data" 2>/dev/null) ||
            fail "There is no folder or file $data." "--data takes what \`kindred import\` takes, \`movielens\` or \`sample\`."
        data=$folder
    fi

    take_lock 2 || refuse_while_busy
    if [[ -n "$(worker_names)" && -z "$(missing_processes "${app[@]}")" ]]; then
        show_guide
        say
        say "It was running already, so nothing was started."
        if ((options > 0)); then say "Options are for a start: first $me down"; fi
        return 0
    fi
    # After a crash there may be notes of more workers than are asked for; all of them are meant to run.
    local known
    known=$(worker_names | wc -l)
    if ((known > workers)); then workers=$known; fi
    local watched_by_other=false
    if is_running up; then watched_by_other=true; else remember_process up $$; fi
    stop_at_end=started

    choose_gateway_port "$port"
    if ((${#app[@]} > 0)); then
        choose_app_port "$app_port"
        further_packages+=("${python_packages[@]}")
    fi
    install_packages
    require_swift
    build_programs
    if ((${#app[@]} > 0)) && ! install_app; then app=(); fi
    choose_data "$data"
    import_data
    train_models
    start_servers
    step "Starting the gateway, and workers: $workers"
    start_gateway
    start_workers "$workers"
    await_ready gateway "$(remembered port_gateway)"
    if ((workers > 0)); then run_first_job; fi
    if ((${#app[@]} > 0)); then start_app; fi
    start_evaluation
    show_guide

    if [[ "$detach" == true || "$watched_by_other" == true ]]; then
        stop_at_end=nothing
        if [[ "$watched_by_other" == false ]]; then forget_process up; fi
        return 0
    fi
    stop_at_end=everything
    release_lock
    say
    say "${bold}Ctrl-C stops everything.${plain}"
    watch_processes
}

# Other ports are nobody's business and may change; this one is in people's browsers, so it is never chosen silently.
choose_gateway_port() {
    local port=${1:-$(remembered port_gateway)} holder
    port=${port:-8080}
    if ! is_running gateway && port_is_taken "$port"; then
        holder=$(port_holder "$port")
        fail "Port $port, which the gateway should use, is taken${holder:+ by $holder}." \
            "Choose another one, for example: $me --port $(free_port)"
    fi
    if ! is_running gateway; then remember port_gateway "$port"; fi
}

# Shows the state until a signal comes. Says once when a process ends that should not.
watch_processes() {
    local name reported=' ' began=$SECONDS line last=''
    while true; do
        sleep 1
        # Whoever holds the lock is starting or stopping something on purpose.
        take_lock 0 || continue
        if [[ -z "$(process_names)" ]]; then
            stop_at_end=nothing
            forget_process up
            say
            say "Everything has been stopped from elsewhere."
            return 0
        fi
        for name in $(process_names); do
            # The evaluation ends by itself.
            if is_running "$name" || [[ "$name" == evaluation ]]; then
                reported=${reported/ $name / }
            elif [[ "$reported" != *" $name "* ]]; then
                reported+="$name "
                if is_terminal; then erase_line; fi
                warn "$name has ended unexpectedly."
                show_last_lines "$name"
                warn "To start it again, in another terminal: $me up"
            fi
        done
        release_lock
        line=$(state_line)
        if is_terminal; then
            draw_line "$line, for $(duration $((SECONDS - began)))"
        elif [[ "$line" != "$last" ]]; then
            say "$line"
            last=$line
        fi
    done
}

state_line() {
    local name ready=0 all=0 gateway='gateway not ready'
    if is_running gateway && is_ready "$(remembered port_gateway)"; then gateway='gateway ready'; fi
    for name in $(worker_names); do
        all=$((all + 1))
        if is_running "$name" && is_ready "$(remembered "port_$name")"; then ready=$((ready + 1)); fi
    done
    printf '%s, %s of %s workers ready' "$gateway" "$ready" "$all"
    if is_started app; then
        if is_running app && app_answers; then printf ', web app ready'; else printf ', web app not ready'; fi
    fi
}

duration() { printf '%d:%02d:%02d' $(($1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)); }

# Asks an `up` in the foreground to stop everything, since it would otherwise report that; then stops what is left,
# which is everything when there is no such `up` or it was killed.
down() {
    if (($# > 0)); then fail "\`down\` takes no options."; fi
    local pid asked=false
    if pid=$(pid_of up); then
        asked=true
        step "Asking the run in the foreground (process $pid) to stop everything"
        kill -TERM "$pid" 2>/dev/null || true
        wait_for_end up 120 || warn "Process $pid does not end."
    fi
    take_lock 60 || refuse_while_busy
    forget_process up
    if [[ -z "$(process_names)" ]]; then
        if [[ "$asked" == true ]]; then say "Stopped."; else say "Nothing runs."; fi
        return 0
    fi
    step "Stopping everything"
    stop_all
    say "Stopped. The next start goes on with the same data."
}

status() {
    if (($# > 0)); then fail "\`status\` takes no options."; fi
    local name pid state all_ready=true names=()
    if [[ -z "$(process_names)" ]]; then
        say "Nothing runs. To start everything: $me"
        return 1
    fi
    printf '%-10s %-12s %-9s %s\n' NAME STATE PROCESS PORT
    mapfile -t names < <(printf '%s\n' redis rabbitmq gateway && worker_names)
    if is_started app; then names+=(app); fi
    for name in "${names[@]}"; do
        state=ready
        if ! pid=$(pid_of "$name"); then
            state='not running' pid=-
        else
            case "$name" in
            gateway | worker-*) if ! is_ready "$(remembered "port_$name")"; then state='not ready'; fi ;;
            app) if ! app_answers; then state='not ready'; fi ;;
            redis) if ! redis_answers "$(remembered port_redis)" "$(<"$(secret_file redis-password)")"; then state='not ready'; fi ;;
            rabbitmq)
                if ! rabbitmq_answers "$(remembered port_rabbitmq)" "$(remembered port_management)" kindred \
                    "$(<"$(secret_file rabbitmq-password)")"; then state='not ready'; fi
                ;;
            esac
        fi
        if [[ "$state" != ready ]]; then all_ready=false; fi
        printf '%-10s %-12s %-9s %s\n' "$name" "$state" "$pid" "127.0.0.1:$(remembered "port_$name")"
    done
    if is_started app; then say "Web app: $(app_url)"; fi
    say "API: $(gateway_url)/v1"
    [[ "$all_ready" == true ]]
}

logs() {
    local name=${1:-} follow=${2:-}
    if [[ "$name" == -f ]]; then name=$follow follow=-f; fi
    if [[ -z "$name" || "$name" == */* || ! -f "$log_folder/$name.log" || ! "$follow" =~ ^(-f)?$ ]]; then
        say "Logs there are ($me logs NAME [-f]):"
        find "$log_folder" -name '*.log' -printf '    %f\n' | sed 's/\.log$//' | LC_ALL=C sort
        [[ -z "$name" ]]
        return
    fi
    # The name, not the file: a process that is started again gets a new one.
    if [[ "$follow" == -f ]]; then exec tail -n 100 -F "$log_folder/$name.log"; fi
    cat "$log_folder/$name.log"
}

scale() {
    if (($# != 1)); then fail "How many workers should there be?" "For example: $me scale 3"; fi
    require_number scale "$1" 0 999
    take_lock 10 || refuse_while_busy
    if ! is_running gateway || ! is_running redis || ! is_running rabbitmq; then
        fail "Kindred does not run, so there is nothing to scale." "To start it: $me"
    fi
    local names=() name surplus=()
    mapfile -t names < <(worker_names)
    for name in "${names[@]}"; do
        if ((${name#worker-} > $1)); then surplus+=("$name"); fi
    done
    if ((${#surplus[@]} > 0)); then
        step "Ending ${surplus[*]} (they finish what they have begun)"
        stop_together 15 "${surplus[@]}"
    fi
    stop_at_end=started
    start_workers "$1"
    stop_at_end=nothing
    say "Workers now: $(running_workers | wc -l)"
}

kindred() {
    if [[ ! -x "$programs/kindred" || ! -f "$state_folder/kindred.ratings" ]]; then
        fail "Nothing was built or imported here yet." "To do both and start it: $me"
    fi
    with_shared_settings "$programs/kindred" "$@"
}

if [[ "${1:-}" == --kubernetes ]]; then
    shift
    source scripts/lib/secrets.sh
    source scripts/lib/kubernetes.sh
    kubernetes "$@"
    exit 0
fi
command=${1:-up}
case "$command" in
help | --help | -h)
    usage
    exit 0
    ;;
up | down | status | logs | scale | kindred) if (($# > 0)); then shift; fi ;;
-*) command=up ;;
*) fail "The command $command is not known." "$me --help shows those that are." ;;
esac
prepare_state "$PWD/.local"
"$command" "$@"
