# shellcheck shell=bash
# Building images without a registry: a base from Debian's packages, this machine's Swift, and whatever mirrors this machine
# gets its packages from. Uses ui.sh and processes.sh.

debian_release=bookworm
debian_mirror=${DEBIAN_MIRROR:-http://deb.debian.org}

# Of Debian, for the published images that the manifests name.
stand_ins=(redis rabbitmq balancer)

# The script that sources this file sets it: everything but the images themselves, which podman keeps, is in there.
images_folder=''

# Options for every build: the Containerfile's directory is never sent, only what .dockerignore lets through.
build_options=(--isolation chroot --layers --format oci)

image_exists() { buildah inspect --type image "$1" >/dev/null 2>&1; }

# make_base: the smallest Debian there is, as debian:bookworm-slim is made: without documentation and translations.
make_base() {
    local image=localhost/kindred-base:$debian_release folder=$images_folder/base container
    if image_exists "$image"; then return 0; fi
    step "Making a base image of Debian's packages (about a minute, once)"
    remove_tree "$folder"
    {
        run_interruptibly debootstrap --variant=minbase --include=ca-certificates "$debian_release" "$folder" \
            "$debian_mirror/debian" &&
            finish_base "$folder"
    } >"$log_folder/base.log" 2>&1 || {
        show_last_lines base
        fail "The base image could not be made."
    }
    container=$(buildah from scratch)
    tar --directory "$folder" --create --numeric-owner --sort=name --file "$folder.tar" .
    buildah add --quiet "$container" "$folder.tar" / >/dev/null
    buildah commit --quiet --rm "$container" "$image" >/dev/null
    rm -f "$folder.tar"
    remove_tree "$folder"
}

# debootstrap may leave a mounted /proc behind when it is interrupted, and removing that would be a mistake.
remove_tree() {
    if [[ ! -e "$1" ]]; then return 0; fi
    if grep -q " $1/" /proc/self/mounts; then fail "Something is still mounted in $1."; fi
    rm -rf --one-file-system "$1"
}

finish_base() {
    local folder=$1
    printf 'deb %s %s main\n' "$debian_mirror/debian" "$debian_release" "$debian_mirror/debian" "$debian_release-updates" \
        "$debian_mirror/debian-security" "$debian_release-security" >"$folder/etc/apt/sources.list"
    # No server may start while it is installed into an image.
    printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
    chmod 755 "$folder/usr/sbin/policy-rc.d"
    printf 'path-exclude %s\n' '/usr/share/doc/*' '/usr/share/info/*' '/usr/share/lintian/*' '/usr/share/locale/*' \
        '/usr/share/man/*' '/usr/share/groff/*' >"$folder/etc/dpkg/dpkg.cfg.d/slim"
    printf 'path-include %s\n' '/usr/share/doc/*/copyright' >>"$folder/etc/dpkg/dpkg.cfg.d/slim"
    cat >"$folder/etc/apt/apt.conf.d/slim" <<'CONF'
Acquire::Languages "none";
Acquire::GzipIndexes "true";
APT::AutoRemove::SuggestsImportant "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };
CONF
    chroot "$folder" sh -c 'apt-get update && apt-get --yes dist-upgrade && apt-get clean' </dev/null || return 1
    find "$folder/usr/share/doc" -type f ! -name copyright -delete
    find "$folder/usr/share/doc" -type l -delete
    find "$folder/usr/share/doc" -mindepth 1 -type d -empty -delete
    rm -rf "$folder"/usr/share/{info,lintian,locale,man,groff}/* "$folder"/var/lib/apt/lists/* "$folder"/var/log/* \
        "$folder"/var/cache/{apt,debconf,ldconfig}/* "$folder"/debootstrap
    rm -f "$folder/etc/hostname" "$folder/etc/resolv.conf"
}

# swift_folder: where this machine's toolchain is, below which there are bin, lib and libexec.
swift_folder() {
    local resources
    resources=$(swift -print-target-info | sed -n 's/^ *"runtimeResourcePath": "\(.*\)\/lib\/swift",\{0,1\}$/\1/p')
    if [[ ! -d "$resources/lib/swift_static" ]]; then
        fail "The Swift toolchain of this machine was not found, or has no static libraries."
    fi
    # Mounted there it would hide the image's own files.
    if [[ "$resources" == /usr ]]; then
        fail "Swift is installed in /usr, where it cannot be mounted into a build." \
            "Give a base image that has Swift: BUILD_IMAGE=swift:6.3-bookworm $me build"
    fi
    printf '%s' "$resources"
}

# Tells a build where this machine gets its Swift packages from, if that is not where the manifest says: git's and SwiftPM's own
# settings, as secrets, so that they leave no trace in the image; folders among them are mounted where they are.
add_swift_mirrors() {
    local key value folder file=$images_folder/gitconfig mirrors=$HOME/.swiftpm/configuration/mirrors.json
    rm -f "$file"
    while read -r key value; do
        git config --file "$file" --add "$key" "$value"
        folder=${key#url.}
        mount_folder "${folder%.insteadof}"
    done < <(git config --get-regexp '^url\..*\.insteadof$' || true)
    if [[ -s "$file" ]]; then swift_options+=(--secret "id=gitconfig,src=$file"); fi
    if [[ -s "$mirrors" ]]; then swift_options+=(--secret "id=mirrors,src=$mirrors"); fi
}

# The same for Python's packages.
add_pip_mirrors() {
    local name value path file=$images_folder/pip.conf
    printf '[global]\n' >"$file"
    while IFS='=' read -r name value; do
        value=${value#\'} value=${value%\'}
        case "${name##*.}" in
        index-url | extra-index-url | find-links | cert | proxy | trusted-host) ;;
        *) continue ;;
        esac
        printf '%s = %s\n' "${name##*.}" "$value" >>"$file"
        for path in $value; do mount_path "$path" app_options; done
    done < <(python3 -m pip config list 2>/dev/null | sort -u -t . -k 2)
    app_options+=(--secret "id=pip,src=$file")
}

# mount_folder PATH: into the build of the programs, once, if it is a folder of this machine.
mount_folder() { mount_path "${1%/}" swift_options; }

mount_path() {
    local path=$1 name=$2
    # shellcheck disable=SC2178 # A name for one of the arrays.
    local -n options=$name
    if [[ "$path" != /* || ! -e "$path" ]]; then return 0; fi
    if [[ " ${options[*]} " == *" $path:$path:ro "* ]]; then return 0; fi
    options+=(--volume "$path:$path:ro")
}

# build_image LOG OPTION...: says what went wrong, and nothing else.
build_image() {
    local log=$1 began=$SECONDS
    shift
    run_interruptibly buildah bud "${build_options[@]}" "$@" >"$log_folder/$log.log" 2>&1 </dev/null || {
        show_last_lines "$log" 30
        fail "The image $log could not be built."
    }
    say "    $log: built ($((SECONDS - began)) s)"
}

# build_own_images CONTEXT TAG VERSION REVISION: gateway, worker, cli and app.
build_own_images() {
    local context=$1 tag=$2 labels name base swift_options=() app_options=()
    labels=(--build-arg "VERSION=$3" --build-arg "REVISION=$4")
    base=${RUN_IMAGE:-localhost/kindred-base:$debian_release}
    if [[ -z "${RUN_IMAGE:-}" ]]; then make_base; fi
    if [[ -z "${BUILD_IMAGE:-}" ]]; then
        local folder
        folder=$(swift_folder)
        step "Building what the programs are built in"
        build_image swift --file Dockerfiles/local.Dockerfile --target swift --tag localhost/kindred-swift:local \
            --build-arg "BASE_IMAGE=$base" --build-arg "SWIFT_FOLDER=$folder" "$images_folder/empty"
        mount_folder "$folder"
    fi
    add_swift_mirrors
    add_pip_mirrors
    step "Building the programs and their images (the first time ten minutes or more)"
    for name in gateway worker cli; do
        build_image "$name" --file Dockerfiles/swift.Dockerfile --target "$name" --tag "localhost/kindred-$name:$tag" \
            --build-arg "BUILD_IMAGE=${BUILD_IMAGE:-localhost/kindred-swift:local}" --build-arg "RUN_IMAGE=$base" \
            "${labels[@]}" "${swift_options[@]}" "$context"
    done
    build_image app --file Dockerfiles/app.Dockerfile --tag "localhost/kindred-app:$tag" \
        --build-arg "RUN_IMAGE=$base" "${labels[@]}" "${app_options[@]}" "$context"
}

# build_with_docker CONTEXT TAG VERSION REVISION: with the published base images, as a release is built.
build_with_docker() {
    local name options=(--load --build-arg "VERSION=$3" --build-arg "REVISION=$4")
    if [[ -n "${BUILD_IMAGE:-}" ]]; then options+=(--build-arg "BUILD_IMAGE=$BUILD_IMAGE"); fi
    if [[ -n "${RUN_IMAGE:-}" ]]; then options+=(--build-arg "RUN_IMAGE=$RUN_IMAGE"); fi
    for name in gateway worker cli; do
        run_interruptibly docker buildx build "${options[@]}" --file Dockerfiles/swift.Dockerfile --target "$name" \
            --tag "kindred-$name:$2" "$1"
    done
    run_interruptibly docker buildx build "${options[@]}" --file Dockerfiles/app.Dockerfile --tag "kindred-app:$2" "$1"
}

build_stand_ins() {
    local name
    make_base
    step "Building what stands in for published images: ${stand_ins[*]}"
    for name in "${stand_ins[@]}"; do
        build_image "$name" --file Dockerfiles/local.Dockerfile --target "$name" --tag "localhost/kindred-stand-in-$name:local" \
            --build-arg "BASE_IMAGE=localhost/kindred-base:$debian_release" "$images_folder/empty"
    done
}
