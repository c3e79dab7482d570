#!/usr/bin/env bash
# Builds everything and runs all tests, with a Redis and a RabbitMQ of their own that are gone afterwards.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
source scripts/lib/ui.sh
source scripts/lib/packages.sh
source scripts/lib/ports.sh
source scripts/lib/processes.sh
source scripts/lib/python.sh
source scripts/lib/redis.sh
source scripts/lib/rabbitmq.sh
source scripts/lib/app_tests.sh

usage() {
    cat <<'TEXT'
Builds everything and runs all tests.

    ./test.sh                      all tests, with private servers on free ports
    ./test.sh --unit               only the tests that need no server
    ./test.sh --faults             only the fault tests, in full: about an hour (see docs/faults.md)
    ./test.sh --faults resets      only these; also --short, --seed N, --minutes N, --list, --keep
    ./test.sh --app                only the web app: its logic, and its story in a browser
    ./test.sh --app -k rating      other arguments are those of pytest
    ./test.sh --images             only the container images: builds them and runs everything from them, as root (Dockerfiles/README.md)
    ./test.sh --filter Storage     other arguments are those of `swift test`

It installs what is missing with apt, and for the web app with pip into a folder in .build/. What it starts and what the
tests write is gone afterwards; KINDRED_SCREENSHOTS names a folder for the pictures of the web app's pages.
The last line is the summary of the test runner. The exit code is 0 only if everything passed.
TEXT
}

# Options that change what is built must be the same for the build and for the tests.
with_servers=true
only_faults=false
only_app=false
build_options=()
test_options=()
while (($# > 0)); do
    case "$1" in
    --unit) with_servers=false ;;
    --faults) only_faults=true ;;
    --app) only_app=true ;;
    --images)
        scripts/images.sh build
        exec scripts/images.sh test
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    -c | --configuration | --scratch-path | --sanitize | -j | --jobs | -Xswiftc | -Xcc | -Xlinker)
        if (($# < 2)); then fail "$1 needs a value."; fi
        build_options+=("$1" "$2")
        shift
        ;;
    --configuration=* | --scratch-path=* | --sanitize=* | --jobs=*) build_options+=("$1") ;;
    *) test_options+=("$1") ;;
    esac
    shift
done

# Who names tests of Swift or asks for faults wants those. The web app's unit tests need no server.
with_app=$only_app
if ((${#test_options[@]} == 0)) && [[ "$only_faults" == false ]]; then with_app=true; fi

# Says nothing when all went well: the last line is the summary of the tests. Data that nobody will read again needs
# no orderly end, so the servers are ended at once.
folder=''
# shellcheck disable=SC2317 # Called by the trap.
clean_up() {
    set +e
    trap '' INT TERM HUP
    remove_service_policy
    end_interruptible
    if [[ -n "$folder" ]]; then
        stop_rabbitmq 0
        stop_redis 0
        rm -rf "$folder"
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# The clock of one process is made to go wrong with it.
if [[ "$only_faults" == true ]]; then further_packages+=("command:faketime:faketime:makes a clock jump"); fi
if [[ "$with_servers" == true ]]; then
    further_packages+=("command:openssl:openssl:makes the certificates that RabbitMQ is tested with")
fi
if [[ "$with_app" == true ]]; then add_app_test_packages; fi
install_packages
require_swift

unset KINDRED_TEST_REDIS_PORT KINDRED_TEST_RABBITMQ_PORT KINDRED_TEST_RABBITMQ_TLS_PORT KINDRED_TEST_RABBITMQ_CA
folder=$(mktemp -d "${TMPDIR:-/tmp}/kindred-test-XXXXXX")
run_folder=$folder/run log_folder=$folder/log
mkdir "$run_folder" "$log_folder" "$folder/tmp"
# However this script dies: kill -9 leaves nothing running either.
end_with_script=true
if [[ "$only_faults" == true ]]; then
    step "Building (several minutes the first time, seconds after that)"
    run_interruptibly swift build "${build_options[@]}"
    programs=$(swift build --show-bin-path "${build_options[@]}")
    step "Breaking what Kindred runs on"
    export TMPDIR=$folder/tmp
    if [[ " ${test_options[*]} " == *" --keep "* ]]; then unset TMPDIR; fi
    run_interruptibly "$programs/kindred-faults" "${test_options[@]}"
    exit 0
fi
if [[ "$with_servers" == true ]]; then
    ports=$(free_ports 6)
    read -r redis_port amqp_port management_port distribution_port epmd_port tls_port <<<"$ports"
    step "Starting Redis (port $redis_port) and RabbitMQ (port $amqp_port) for the tests"
    start_redis "$folder/redis" "$redis_port"
    start_rabbitmq "$folder/rabbitmq" "$amqp_port" "$management_port" "$distribution_port" "$epmd_port" guest guest \
        "$tls_port"
elif [[ "$only_app" == false ]]; then
    test_options+=(--skip IntegrationTests)
fi

step "Building (several minutes the first time, seconds after that)"
if [[ "$only_app" == false ]]; then
    run_interruptibly swift build --build-tests "${build_options[@]}"
elif [[ "$with_servers" == true ]]; then
    run_interruptibly swift build "${build_options[@]}"
fi

if [[ "$with_servers" == true ]]; then
    await_redis "$redis_port"
    await_rabbitmq "$amqp_port" "$management_port" guest guest
    await_rabbitmq "$tls_port" "$management_port" guest guest
    export KINDRED_TEST_REDIS_PORT=$redis_port KINDRED_TEST_RABBITMQ_PORT=$amqp_port
    export KINDRED_TEST_RABBITMQ_TLS_PORT=$tls_port KINDRED_TEST_RABBITMQ_CA=$folder/rabbitmq/tls/ca.pem
fi

# What tests leave in the folder for temporary files goes with the rest. Not so for the build, because SwiftPM keeps the
# locks there that keep two builds apart.
export TMPDIR=$folder/tmp
programs=''
if [[ "$with_servers" == true ]]; then programs=$(swift build --show-bin-path "${build_options[@]}"); fi
if [[ "$only_app" == true ]]; then
    run_app_tests "$programs" "${test_options[@]}"
    exit 0
fi
fault_code=0 app_code=0
if [[ "$with_servers" == true ]] && ((${#test_options[@]} == 0)); then
    step "Breaking what Kindred runs on, for a minute (./test.sh --faults does it for an hour)"
    run_interruptibly "$programs/kindred-faults" --short || fault_code=$?
fi
if [[ "$with_app" == true ]]; then run_app_tests "$programs" || app_code=$?; fi

step "Running the tests"
# One at a time: tests that watch the clock must not wait for a core behind tests that compute.
run_interruptibly swift test --skip-build --no-parallel "${build_options[@]}" "${test_options[@]}"
if ((app_code != 0)); then warn "The tests of the web app have failed: see above."; fi
exit "$((fault_code != 0 ? fault_code : app_code))"
