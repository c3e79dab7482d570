# shellcheck shell=bash
# A private Redis on loopback. Uses ui.sh and processes.sh.

# start_redis FOLDER PORT [PASSWORD]: everything it writes stays in the folder. Does not wait.
start_redis() {
    local folder=$1 port=$2 password=${3:-}
    mkdir -p "$folder"
    (
        umask 077
        cat >"$folder/redis.conf" <<CONF
# Written anew at every start.
bind 127.0.0.1
protected-mode yes
port $port
dir "$folder"
daemonize no
# An empty name logs to the output, which the script keeps.
logfile ""
# On disk before it is answered, and nothing is ever thrown away to make room: ratings are not a cache.
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
${password:+requirepass $password}
CONF
    )
    start_process redis redis-server "$folder/redis.conf"
}

redis_answers() { [[ "$(REDISCLI_AUTH=${2:-} timeout 2 redis-cli -h 127.0.0.1 -p "$1" ping 2>/dev/null)" == PONG ]]; }

# await_redis PORT [PASSWORD]: while it reads its data back it answers LOADING, which is not ready.
await_redis() {
    if ! wait_until 60 "Redis answers" unless_ended redis redis_answers "$@"; then
        show_last_lines redis
        fail "Redis did not start."
    fi
}

# Ends by itself once everything is on disk.
stop_redis() { stop_process redis "${1:-30}"; }
