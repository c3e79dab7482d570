#!/usr/bin/env bash
# Builds the images of this commit, pushes them, and notes their digests for deploy.sh.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source scripts/lib/ui.sh
source deploy/gke/lib.sh

usage() {
    cat <<'TEXT'
Builds the images of this commit with docker, or buildah where there is no docker, pushes them to Artifact Registry and notes their
digests in .local/gke/images/VERSION, from which deploy/gke/deploy.sh takes them. Settings: .local/gke.env.

    deploy/gke/build-and-push.sh [--dry-run]
TEXT
}

read_options "$@"
if ((${#options[@]} > 0)); then fail "The option ${options[0]} is not known."; fi
read_settings
require_commands gcloud
version=$(git rev-parse --short=12 HEAD)
if [[ -n "$(git status --porcelain)" ]]; then
    fail "There are changes that are not committed, so nobody could tell later what the images hold."
fi
builder=docker
if [[ "$dry_run" == false ]] && ! docker info >/dev/null 2>&1; then
    builder=buildah
    command -v buildah >/dev/null || fail "Neither a running docker nor buildah was found."
fi

step "Signing $builder in to the registry"
if [[ "$builder" == docker ]]; then
    run_cloud auth configure-docker "$REGION-docker.pkg.dev"
else
    # The token goes through a pipe: arguments are visible to everybody on the machine.
    cloud auth print-access-token | buildah login --username oauth2accesstoken --password-stdin "$REGION-docker.pkg.dev"
fi

images=$state_folder/images/$version
mkdir -p "$state_folder/images"
: >"$images.new"
for name in gateway worker cli app; do
    reference=$(registry)/kindred-$name:$version
    step "Image kindred-$name"
    file=(--file Dockerfiles/swift.Dockerfile --target "$name" --build-arg "BUILD_IMAGE=$BUILD_IMAGE")
    if [[ "$name" == app ]]; then file=(--file Dockerfiles/app.Dockerfile); fi
    run "$builder" build "${file[@]}" --build-arg "RUN_IMAGE=$RUN_IMAGE" --build-arg "VERSION=$version" \
        --build-arg "REVISION=$(git rev-parse HEAD)" --tag "$reference" .
    run "$builder" push "$reference"
    if [[ "$dry_run" == true ]]; then continue; fi
    digest=$(cloud artifacts docker images describe "$reference" --format 'value(image_summary.digest)') || digest=''
    if [[ ! "$digest" =~ ^sha256:[0-9a-f]{64}$ ]]; then fail "The registry says no digest of $reference."; fi
    printf 'kindred-%s %s/kindred-%s %s\n' "$name" "$(registry)" "$name" "$digest" >>"$images.new"
done
if [[ "$dry_run" == true ]]; then
    rm -f "$images.new"
    exit 0
fi
mv "$images.new" "$images"
say "Next: deploy/gke/deploy.sh"
