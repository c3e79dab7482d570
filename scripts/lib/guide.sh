# shellcheck shell=bash
# What a person sees once everything runs: one real job, the addresses, and lines to copy. Uses ui.sh and local_state.sh.

gateway_url() { printf 'http://127.0.0.1:%s' "$(remembered port_gateway)"; }

# ask METHOD PATH [BODY]: a request as a client makes it. No key: a gateway that only this machine can reach needs none.
ask() {
    curl --silent --show-error --max-time 30 --request "$1" \
        --header 'Content-Type: application/json' --header 'Prefer: wait=10' ${3:+--data "$3"} "$(gateway_url)$2"
}

# One job all the way: gateway, RabbitMQ, worker, Redis, gateway. Asked more than once, because workers that were running
# already take a while to find a RabbitMQ that was started again.
run_first_job() {
    step "A first job over HTTP: what should user 1 see next?"
    if ! wait_until 90 "A list was computed" first_job_is_answered; then
        warn "The last answer: $first_answer"
        show_last_lines gateway
        show_last_lines worker-1
        fail "The first job was not answered with a list."
    fi
    python3 scripts/lib/show_answer.py recommendations <<<"$first_answer"
}

first_answer=''
first_job_is_answered() {
    first_answer=$(ask POST /v1/users/1/recommendations '{"count": 5}' 2>&1) || return 1
    python3 scripts/lib/show_answer.py recommendations <<<"$first_answer" >/dev/null 2>&1
}

# The ids of the five items rated most often, so that the lines below work with every data set.
popular_items() {
    local answer ids
    answer=$(ask GET '/v1/items?pageSize=5') && ids=$(python3 scripts/lib/show_answer.py item-ids <<<"$answer" 2>/dev/null) &&
        printf '%s' "$ids" || printf '1 2 3 4 5'
}

show_guide() {
    local url app=${app_hindrance:+"not there: $app_hindrance"} ids body='' id stars=(5 4.5 4 3 2) place=0
    url=$(gateway_url)
    if is_started app; then app=$(app_url); fi
    read -ra ids <<<"$(popular_items)"
    for id in "${ids[@]}"; do
        body+="${body:+, }{\"item\": \"$id\", \"rating\": ${stars[place]}}"
        place=$((place + 1))
    done
    cat <<TEXT

${bold}Kindred runs.${plain}${app:+
    web app            $app}
    API                $url/v1
    documentation      $url/docs
    metrics            $url/metrics
    RabbitMQ's pages   http://127.0.0.1:$(remembered port_management)   user kindred, password in $(quoted "$state_folder/secrets/rabbitmq-password")

Try it (copy the lines into another terminal):
    # rate five items; the answer is a job
    curl -H 'Content-Type: application/json' $url/v1/users/ada/ratings \\
      -d '{"ratings": [$body]}'
    # follow the job, with the id from that answer
    curl $url/v1/jobs/ID
    # read the list that was computed
    curl $url/v1/users/ada/recommendations

Further:  $me status | logs NAME [-f] | scale N | kindred doctor | down
TEXT
}
