# shellcheck shell=bash
# The tests of the web app: its logic by itself, and its story in a browser. Uses ui.sh, packages.sh, processes.sh and python.sh.

# Beside .build/debug, so that it is made once.
test_environment=$PWD/.build/python

add_app_test_packages() {
    further_packages+=("${python_packages[@]}")
    if [[ "$with_servers" == true ]]; then
        further_packages+=("command:chromium:chromium:the browser in which the web app is tested")
    fi
}

make_test_environment() {
    if ! make_environment "$test_environment" "$log_folder/python.log" app/requirements.txt app/requirements-test.txt \
        scripts/images/requirements-test.txt; then
        show_last_lines python
        warn "The Python packages for the tests of the web app could not be installed."
        return 1
    fi
}

# run_app_tests PROGRAMS PYTEST-ARGUMENTS...: without the folder of the built programs, only what needs no server.
run_app_tests() {
    local -x PYTHONDONTWRITEBYTECODE=1
    local programs=$1 folders=(app/tests)
    shift
    make_test_environment || return
    if [[ -n "$programs" ]]; then
        step "Testing the web app, by itself and in a browser"
        local -x KINDRED_PROGRAMS=$programs
    else
        step "Testing the web app by itself"
        folders+=(--ignore app/tests/browser)
    fi
    run_interruptibly "$test_environment/bin/python" -m pytest -p no:cacheprovider "${folders[@]}" "$@"
}
