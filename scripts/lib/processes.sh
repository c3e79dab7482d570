# shellcheck shell=bash
# Starting, finding and ending processes. Uses ui.sh.
#
# A process NAME is remembered in $run_folder/NAME.pid as "pid start-time". The start time is the kernel's own, so a
# number that the kernel has given to another program since then is never mistaken for ours. Its output goes to
# $log_folder/NAME.log.

# The script that sources this file sets both folders.
run_folder='' log_folder=''

# Whether the processes end when the script dies, even by kill -9: yes for tests, no for a service that goes on in the
# background.
end_with_script=false

# When the process began, in clock ticks since boot; nothing when there is none, or only what is left of a dead one.
process_start_time() {
    local stat fields
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
    # The name in parentheses may hold anything, so fields are counted behind the last parenthesis.
    read -ra fields <<<"${stat##*) }"
    if [[ "${fields[0]}" != Z ]]; then printf '%s' "${fields[19]}"; fi
}

# remember_process NAME PID
remember_process() { printf '%s %s\n' "$2" "$(process_start_time "$2")" >"$run_folder/$1.pid"; }
forget_process() { rm -f "$run_folder/$1.pid"; }

# Prints the pid of a process of ours that runs; fails when it does not.
pid_of() {
    local pid began
    { read -r pid began <"$run_folder/$1.pid"; } 2>/dev/null || return 1
    if [[ -z "$pid" || -z "$began" || "$(process_start_time "$pid")" != "$began" ]]; then return 1; fi
    printf '%s' "$pid"
}

is_running() { pid_of "$1" >/dev/null; }

# start_process NAME COMMAND...: in the background, in a session of its own. The Ctrl-C of a terminal goes to every
# process of the terminal's session; ours must get it from this script, in the right order. Descriptor 9 is the lock
# of the script (see deploy-local-dev.sh), which must not live on in the servers.
start_process() {
    local name=$1 log="$log_folder/$1.log" pid
    shift
    if [[ -s "$log" ]]; then mv -f "$log" "$log.before"; fi
    if [[ "$end_with_script" == true ]]; then set -- setpriv --pdeathsig KILL -- "$@"; fi
    setsid "$@" >"$log" 2>&1 </dev/null 9>&- &
    pid=$!
    remember_process "$name" "$pid"
    # Not the shell's business any more: it would report its end in the midst of other messages.
    disown "$pid" 2>/dev/null || true
}

# stop_process NAME SECONDS: asks it to end, and ends it by force when it takes longer than that. 0 seconds asks for
# nothing. Succeeds also when it has ended already.
stop_process() {
    local name=$1 limit=$2 pid
    if ! pid=$(pid_of "$name"); then
        forget_process "$name"
        return 0
    fi
    if ((limit > 0)); then
        kill -TERM "$pid" 2>/dev/null || true
        if wait_for_end "$name" "$limit"; then return 0; fi
        warn "$name did not end within $limit seconds; it is ended by force."
    fi
    kill -KILL "$pid" 2>/dev/null || true
    wait_for_end "$name" 10 || warn "$name (process $pid) cannot be ended."
}

# wait_for_end NAME SECONDS
wait_for_end() {
    local deadline=$((SECONDS + $2))
    while is_running "$1"; do
        if ((SECONDS > deadline)); then return 1; fi
        sleep 0.1
    done
    forget_process "$1"
}

# stop_together SECONDS NAME...: asks all at once, so that several take no longer than the slowest.
stop_together() {
    local limit=$1 name pid
    shift
    for name in "$@"; do
        if pid=$(pid_of "$name"); then kill -TERM "$pid" 2>/dev/null || true; fi
    done
    # The second request does no harm: every one of ours is ending already.
    for name in "$@"; do stop_process "$name" "$limit"; done
}

# unless_ended NAME COMMAND...: a condition for wait_until that gives up when the process has ended.
unless_ended() {
    local name=$1
    shift
    if "$@"; then return 0; fi
    is_running "$name" || return 2
    return 1
}

# The last lines of a process that failed, which nearly always say why.
show_last_lines() {
    local log="$log_folder/$1.log"
    if [[ -s "$log" ]]; then
        warn "The last lines of $log:"
        tail -n "${2:-15}" "$log" | sed 's/^/    /' >&2
    else
        warn "$1 wrote nothing to $log."
    fi
}

# run_interruptibly COMMAND...: in the foreground, as far as one can see. Bash holds a SIGTERM back until a command in the
# foreground has ended, and a build takes minutes; while it waits for one in the background it acts at once.
# Whoever uses this calls end_interruptible in its EXIT trap.
interruptible=''
run_interruptibly() {
    local code=0
    if [[ "$end_with_script" == true ]]; then set -- setpriv --pdeathsig TERM -- "$@"; fi
    setsid "$@" 9>&- &
    interruptible=$!
    wait "$interruptible" || code=$?
    interruptible=''
    return "$code"
}

# Ends that command and everything it started: they are one process group, named after its first process.
end_interruptible() {
    if [[ -z "$interruptible" ]]; then return 0; fi
    local group=$interruptible deadline=$((SECONDS + 10))
    interruptible=''
    kill -TERM -- "-$group" 2>/dev/null || return 0
    while [[ -n "$(process_start_time "$group")" ]] && ((SECONDS < deadline)); do sleep 0.1; done
    kill -KILL -- "-$group" 2>/dev/null || true
}
