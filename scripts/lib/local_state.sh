# shellcheck shell=bash
# What deploy-local-dev.sh keeps between two runs, all below .local/: ports, secrets, choices, and the lock.
# Uses ui.sh, ports.sh, processes.sh and, for secrets, rabbitmq.sh.

state_folder=''

# prepare_state FOLDER: for this user only, because of the secrets and of what users rated.
prepare_state() {
    state_folder=$1
    run_folder=$state_folder/run log_folder=$state_folder/log
    mkdir -p "$state_folder" 2>/dev/null || true
    if [[ ! -O "$state_folder" && "$EUID" != 0 ]]; then
        fail "$state_folder cannot be used: it belongs to another user, or its folder is read-only." \
            "Run this as the user who ran it first, or in a checkout of your own."
    fi
    chmod 700 "$state_folder"
    mkdir -p "$run_folder" "$log_folder" "$state_folder/secrets" "$state_folder/data"
    touch "$state_folder/choices"
}

# Only one of these scripts may start or stop things here at a time. The lock is held through descriptor 9, so it goes
# with the process however it ends.
# take_lock SECONDS
take_lock() {
    exec 9>"$state_folder/lock"
    flock --wait "$1" 9
}
release_lock() { exec 9>&-; }

# remembered NAME: prints the value, or nothing.
remembered() { sed -n "s/^$1=//p" "$state_folder/choices"; }

# remember NAME VALUE
remember() {
    {
        sed "/^$1=/d" "$state_folder/choices"
        printf '%s=%s\n' "$1" "$2"
    } >"$state_folder/choices.new"
    mv "$state_folder/choices.new" "$state_folder/choices"
}

# The port that NAME had the last time, and if that is taken by now, or at the first time, a free one.
choose_port() {
    local port all
    port=$(remembered "$1")
    if [[ -n "$port" ]] && ! port_is_taken "$port"; then return 0; fi
    all=$(sed -n 's/^port_[^=]*=//p' "$state_folder/choices" | tr '\n' ' ')
    # shellcheck disable=SC2086  # one argument for each
    port=$(free_port $all)
    remember "$1" "$port"
}

# secret_file NAME: the path of a file that holds a random text; written once, readable by this user only.
secret_file() {
    local file=$state_folder/secrets/$1
    if [[ ! -s "$file" ]]; then (umask 077 && random_secret >"$file"); fi
    printf '%s' "$file"
}
