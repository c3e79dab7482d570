#!/usr/bin/env bash
# Builds the container images on this machine, runs the whole service from them as the manifests in deploy/ say, and tries it out.
set -euo pipefail
me=$0
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source scripts/lib/ui.sh
source scripts/lib/packages.sh
source scripts/lib/processes.sh
source scripts/lib/images.sh
me=$(quoted "$me")

usage() {
    cat <<TEXT
Builds the container images on this machine and runs the whole service from them, as the manifests in deploy/ say. Needs root, and
neither Docker nor a registry nor a cluster: the base images are made of Debian's packages and of this machine's Swift.

    $me build              the images of Kindred, and of the Redis, RabbitMQ and HAProxy of Debian
        --tag TAG          what they are tagged with (local)
        --revision COMMIT  what they are built from, instead of the files as they are: for an upgrade to be rehearsed
        --docker           by Docker, on the published base images; the other commands do not run those
    $me up                 start every pod of the manifests, wait until all are ready
    $me test               start them, tell the story through them, stop them
    $me rehearse           start them, scale and upgrade them under load, stop them; --from TAG says what is upgraded (local),
                           --only scale or --only upgrade what is done
    $me measure            start them, say sizes, start times and memory of all, stop them
    $me down               stop everything that runs
        --manifests FOLDER what all of these run (deploy/overlays/local, or deploy/base)

BUILD_IMAGE and RUN_IMAGE name other base images than those made here. Logs are in .build/images/log/.
TEXT
}

images_folder=$PWD/.build/images
run_folder=$images_folder/run log_folder=$images_folder/log
end_with_script=true

clean_up() {
    set +e
    trap '' INT TERM HUP
    remove_service_policy
    end_interruptible
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

prepare() {
    if ((EUID != 0)); then fail "Namespaces and mounts need root." "Try: sudo $me $command"; fi
    mkdir -p "$run_folder" "$log_folder" "$images_folder/empty"
    further_packages+=(
        "command:buildah:buildah:builds images without a server"
        "command:podman:podman:runs them"
        "command:runc:runc:isolates a process as a cluster's nodes do"
        "command:debootstrap:debootstrap:makes a base image of Debian's packages"
        "command:ip:iproute2:gives every pod a network of its own"
        "command:nsenter:util-linux:asks in the network of a pod"
        "file:/usr/share/containers/containers.conf:golang-github-containers-common:what buildah and podman trust"
        "module:yaml:python3-yaml:reads the manifests"
    )
    install_packages
}

build() {
    local tag=local revision='' docker=false context=$PWD version commit
    while (($# > 0)); do
        case "$1" in
        --docker) docker=true ;;
        --tag | --revision)
            if (($# < 2)) || [[ -z "$2" ]]; then fail "$1 needs a value."; fi
            if [[ "$1" == --tag ]]; then tag=$2; else revision=$2; fi
            shift
            ;;
        *) fail "The option $1 is not known." "$me --help shows those that are." ;;
        esac
        shift
    done
    mkdir -p "$run_folder" "$log_folder" "$images_folder/empty"
    version=$(git describe --always --dirty 2>/dev/null || printf development)
    if [[ -n "$revision" ]]; then
        version=$(git describe --always "$revision") || fail "There is no commit $revision."
        context=$images_folder/context
        rm -rf "$context"
        mkdir "$context"
        git archive "$revision" | tar --extract --directory "$context"
        # What is sent to the build is this script's business, not that of the time it goes back to.
        cp .dockerignore "$context/"
    fi
    commit=$(git rev-parse "${revision:-HEAD}" 2>/dev/null || printf unknown)
    if [[ "$docker" == true ]]; then
        build_with_docker "$context" "$tag" "$version" "$commit"
        return 0
    fi
    prepare
    require_swift
    # The time of the commit, not of the build: the same sources give the same layers.
    build_options+=(--timestamp "$(git log -1 --format=%ct "$commit" 2>/dev/null || printf 0)")
    build_own_images "$context" "$tag" "$version" "$commit"
    build_stand_ins
}

# Everything else is done by a program, which asks podman and speaks HTTP.
pods() {
    prepare
    run_interruptibly python3 -B scripts/images --state "$images_folder" "$@"
}

command=${1:-help}
if (($# > 0)); then shift; fi
case "$command" in
help | --help | -h) usage ;;
build) build "$@" ;;
up | test | rehearse | measure | down) pods "$command" "$@" ;;
*) fail "The command $command is not known." "$me --help shows those that are." ;;
esac
