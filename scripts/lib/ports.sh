# shellcheck shell=bash
# Which TCP ports are taken, and finding free ones.

# Whether anything listens on the port, on any address. Read from the kernel, so that no tool is needed.
port_is_taken() {
    local hex
    printf -v hex '%04X' "$1"
    # Column 2 is the local address, column 4 the state: 0A is LISTEN.
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

# Who listens on the port, as far as this user may know: "redis-server, process 123", or nothing.
port_holder() {
    if ! command -v ss >/dev/null; then return 0; fi
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' | head -n 1
}

# Prints a free port outside of those given as arguments. Below 32768, where Linux takes the ports of outgoing
# connections from, because one of those could take it between this look and its use.
free_port() {
    local port attempt
    for ((attempt = 0; attempt < 200; attempt++)); do
        port=$((20000 + RANDOM % 12000))
        if [[ " $* " == *" $port "* ]] || port_is_taken "$port"; then continue; fi
        printf '%s' "$port"
        return 0
    done
    fail "No free TCP port was found between 20000 and 32000."
}

# free_ports COUNT: prints as many free ports, all different, on one line.
free_ports() {
    local port taken=()
    while ((${#taken[@]} < $1)); do
        port=$(free_port "${taken[@]}")
        taken+=("$port")
    done
    printf '%s\n' "${taken[*]}"
}
