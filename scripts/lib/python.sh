# shellcheck shell=bash
# Virtual environments that hold exactly the packages that the files of requirements name. Uses ui.sh and processes.sh.

# What packages.sh looks for before an environment can be made. Debian leaves the maker of environments out of its python3.
python_packages=("module:ensurepip:python3-venv:keeps the web app's Python packages apart from the system's")

# make_environment FOLDER LOG REQUIREMENTS...: does nothing when the folder holds these packages already. Only what the
# files name by version and hash is installed, and nothing is compiled. Fails, for the caller to say what that means,
# when they cannot be had; the log says why.
make_environment() {
    local folder=$1 log=$2 fingerprint file listed=()
    shift 2
    fingerprint=$({
        python3 -c 'import sys; print(sys.version, sys.base_prefix)'
        cat "$@"
    } | sha256sum | cut -d ' ' -f 1)
    if [[ -x "$folder/bin/python" && "$(cat "$folder/fingerprint" 2>/dev/null)" == "$fingerprint" ]]; then return 0; fi

    step "Installing Python packages (about a minute, and only when the list of them has changed)"
    for file in "$@"; do listed+=(--requirement "$file"); done
    rm -rf "$folder"
    {
        run_interruptibly python3 -m venv "$folder" &&
            run_interruptibly "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
                --require-hashes --only-binary :all: --retries 1 --timeout 15 "${listed[@]}"
    } >"$log" 2>&1 || return 1
    # Last, so that an interrupted installation is begun again.
    printf '%s\n' "$fingerprint" >"$folder/fingerprint"
}
