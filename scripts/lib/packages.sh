# shellcheck shell=bash
# The Debian packages that Kindred needs. Uses ui.sh.

# How to become root, if that is needed, and the policy file that is to be removed again (see below).
root=() service_policy=''

# What a script needs beyond that, in the form of the entries below.
further_packages=()

# Every package once: how to see that it is there already, its name, and what it is for.
# What counts is the file, the command or the Python module, not the package, so that a RabbitMQ from elsewhere will do as well.
missing_packages() {
    local wanted=(
        "file:amqp.h:librabbitmq-dev:the C library for RabbitMQ that Kindred is compiled against"
        "file:hiredis/hiredis.h:libhiredis-dev:the C library for Redis that Kindred is compiled against"
        "file:argon2.h:libargon2-dev:the C library that passwords are hashed with"
        "file:curl/curl.h:libcurl4-openssl-dev:the C library that data is fetched with"
        "file:cblas.h:libopenblas-dev:the linear algebra that models are trained with"
        "file:rabbitmq-server:rabbitmq-server:the broker that carries the jobs"
        "command:redis-server:redis-server:the store for ratings, lists and job states"
        "command:redis-cli:redis-tools:asks Redis whether it is ready"
        "command:curl:curl:asks the servers whether they are ready"
        "command:python3:python3:unpacks the data set and shows answers in a readable way"
    )
    local entry kind thing package reason
    for entry in "${wanted[@]}" "${further_packages[@]}"; do
        IFS=: read -r kind thing package reason <<<"$entry"
        case "$kind" in
        file) has_file "$thing" || printf '%s:%s\n' "$package" "$reason" ;;
        command) command -v "$thing" >/dev/null || printf '%s:%s\n' "$package" "$reason" ;;
        module) python3 -c "import $thing" 2>/dev/null || printf '%s:%s\n' "$package" "$reason" ;;
        esac
    done
}

# Where headers lie, and where Debian keeps the scripts of RabbitMQ that do not switch to another user.
has_file() {
    local folder
    for folder in /usr/include /usr/local/include "/usr/include/$(uname -m)-linux-gnu" /usr/lib/rabbitmq/bin; do
        if [[ -e "$folder/$1" ]]; then return 0; fi
    done
    return 1
}

# Installs what is missing, and says what and why. Does nothing when nothing is missing.
install_packages() {
    local missing=() names=() entry
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]} == 0)); then return 0; fi

    step "Installing what is missing, with apt:"
    for entry in "${missing[@]}"; do
        names+=("${entry%%:*}")
        say "    ${entry%%:*}: ${entry#*:}"
    done
    if ! command -v apt-get >/dev/null; then
        fail "This machine has no apt-get." "Install the packages above (or what they are called here), then try again."
    fi
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
            fail "Installing packages needs root, and sudo cannot be used here." "Run this as root, then try again:" \
                "apt-get update && apt-get install --yes --no-install-recommends ${names[*]}"
        fi
        root=(sudo)
    fi
    apt_without_starting_services "${names[@]}"
}

# Debian starts a server as soon as it is installed, and again at every boot. Kindred runs servers of its own on other
# ports, so a policy file forbids the start while apt runs, and what was not there before is not enabled either.
apt_without_starting_services() {
    local policy=/usr/sbin/policy-rc.d mark="Written by Kindred while apt runs; may be deleted." ours=false code=0
    if [[ ! -e "$policy" ]] || grep -qs "$mark" "$policy"; then
        ours=true
        service_policy=$policy
        say "    Their system services are neither started nor enabled: Kindred runs private ones."
        printf '#!/bin/sh\n# %s\nexit 101\n' "$mark" | "${root[@]}" tee "$policy" >/dev/null
        "${root[@]}" chmod 755 "$policy"
    else
        say "    $policy decides whether their system services are started; Kindred does not need them."
    fi
    {
        "${root[@]}" apt-get update --quiet --quiet &&
            "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends "$@"
    } </dev/null || code=$?
    remove_service_policy
    if ((code != 0)); then fail "apt could not install: $*" "Its messages above say why."; fi

    if [[ "$ours" == true && -d /run/systemd/system ]]; then
        local package units=()
        for package in "$@"; do
            case "$package" in
            redis-server) units+=(redis-server.service) ;;
            rabbitmq-server) units+=(rabbitmq-server.service epmd.socket) ;;
            podman)
                units+=(podman.service podman.socket podman-restart.service)
                units+=(podman-auto-update.service podman-auto-update.timer)
                ;;
            esac
        done
        if ((${#units[@]} > 0)); then "${root[@]}" systemctl disable --quiet "${units[@]}" || true; fi
    fi
}

# Also called by the EXIT trap of a script, because apt may be interrupted.
remove_service_policy() {
    if [[ -n "$service_policy" ]]; then "${root[@]}" rm -f "$service_policy"; fi
    service_policy=''
}

# Swift is not in Debian, and there are several good ways to get it, so it is only looked for.
require_swift() {
    if ! command -v swift >/dev/null; then
        fail "Swift was not found. Kindred needs Swift 6.3 or later." \
            "Get it from https://www.swift.org/install/linux/ (swiftly installs it with two commands)," \
            "open a new terminal, and try again."
    fi
}
