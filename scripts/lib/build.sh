# shellcheck shell=bash
# The release build of the three programs, with a sign of life. Uses ui.sh and processes.sh.

programs=$PWD/.build/release

build_programs() {
    local product number=0
    if [[ -x "$programs/kindred-gateway" ]]; then
        step "Building what has changed"
    else
        step "Building Kindred; the first time this takes from five to fifteen minutes"
    fi
    for product in kindred-gateway kindred-worker kindred; do
        number=$((number + 1))
        build_program "$product" "$number of 3"
    done
}

# The compiler says what it does in its own log; its last line is shown as it changes.
build_program() {
    local product=$1 place=$2 began=$SECONDS said=$SECONDS pid code=0 line
    local log=$log_folder/build.log
    setsid swift build --configuration release --product "$product" >"$log" 2>&1 </dev/null 9>&- &
    pid=$!
    remember_process build "$pid"
    while is_running build; do
        line=$(tail -n 1 "$log")
        if is_terminal; then
            draw_line "    $product ($place), $((SECONDS - began)) s: $line"
        elif ((SECONDS - said >= 30)); then
            say "    $product ($place), $((SECONDS - began)) s: $line"
            said=$SECONDS
        fi
        sleep 0.3
    done
    wait "$pid" || code=$?
    forget_process build
    if is_terminal; then erase_line; fi
    if ((code != 0)); then
        show_last_lines build 30
        fail "$product could not be built."
    fi
    say "    $product ($place): built ($((SECONDS - began)) s)"
}

# Ends a build that goes on, with the compilers it started: one process group, named after its first process.
stop_build() {
    local pid
    if pid=$(pid_of build); then
        kill -TERM -- "-$pid" 2>/dev/null || true
        if ! wait_for_end build 10; then kill -KILL -- "-$pid" 2>/dev/null || true; fi
    fi
    forget_process build
}
