# shellcheck shell=bash
# The web app: its packages, its port, starting it. Uses ui.sh, ports.sh, processes.sh, local_state.sh, python.sh and services.sh.

# Where Streamlit listens unless told otherwise, so where people look first.
usual_app_port=8501

# Why there is no app, when one was asked for.
app_hindrance=''

# install_app: fails when its packages cannot be had, which is no reason to do without the rest.
install_app() {
    if make_environment "$state_folder/app" "$log_folder/app-packages.log" app/requirements.txt; then return 0; fi
    app_hindrance="its Python packages could not be installed"
    show_last_lines app-packages 5
    warn "The web app is left out: $app_hindrance. Everything else starts."
    warn "Once the package index can be reached, this starts the app as well: $me up"
    return 1
}

# choose_app_port [PORT]: a port that somebody asked for is not exchanged silently; any other is, as those of the servers are.
choose_app_port() {
    local port=$1 holder
    if is_running app; then return 0; fi
    if [[ -n "$port" ]]; then
        if [[ "$port" == "$(remembered port_gateway)" ]]; then fail "Gateway and web app need a port each."; fi
        if port_is_taken "$port"; then
            holder=$(port_holder "$port")
            fail "Port $port, which the web app should use, is taken${holder:+ by $holder}." \
                "Choose another one, or leave --app-port out and get a free one."
        fi
        remember port_app "$port"
    elif [[ -z "$(remembered port_app)" ]] && ! port_is_taken "$usual_app_port"; then
        remember port_app "$usual_app_port"
    else
        choose_port port_app
    fi
}

app_url() { printf 'http://127.0.0.1:%s' "$(remembered port_app)"; }

app_answers() { curl --silent --fail --max-time 2 --output /dev/null "$(app_url)/_stcore/health" 2>/dev/null; }

start_app() {
    if ! is_running app; then
        # Nothing is written beside the sources: everything this script leaves is in .local/ and .build/.
        local -x PYTHONDONTWRITEBYTECODE=1 KINDRED_URL
        KINDRED_URL=$(gateway_url)
        start_process app env --chdir=app "$state_folder/app/bin/python" -m streamlit run main.py \
            --server.address 127.0.0.1 --server.port "$(remembered port_app)" --server.headless true \
            --browser.gatherUsageStats false
        started+=(app)
    fi
    if ! wait_until 60 "The web app is ready" unless_ended app app_answers; then
        show_last_lines app
        fail "The web app did not become ready." "To start everything else: $me up --no-app"
    fi
}
