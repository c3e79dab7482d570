#!/usr/bin/env bash
# Rules of this repository that neither the compiler nor the formatter knows. Prints every place that breaks one.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

broken=0

# forbid "the rule" PATTERN [FOLDER WHERE IT IS ALLOWED]
forbid() {
    local rule=$1 pattern=$2 allowed=${3:-} found
    found=$(grep -rnE --include='*.swift' "$pattern" Sources | grep -vE '^[^:]*:[0-9]+: *//' || true)
    if [[ -n "$allowed" && -n "$found" ]]; then found=$(grep -v "^$allowed/" <<<"$found" || true); fi
    if [[ -z "$found" ]]; then return 0; fi
    printf '%s:\n' "$rule"
    # shellcheck disable=SC2001  # a substitution in each line is what sed is for
    sed 's/^/    /' <<<"$found"
    broken=$((broken + 1))
}

forbid "hiredis is used in Sources/Storage/Redis only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import CHiredis' Sources/Storage/Redis
forbid "librabbitmq is used in Sources/Messaging/RabbitMQ only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import CRabbitMQ' Sources/Messaging/RabbitMQ
forbid "libargon2 is used in Sources/Passwords only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import CArgon2' Sources/Passwords
forbid "libcurl is used in Sources/Transfer only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import CCurl' Sources/Transfer
forbid "CLinux is used in Sources/ServiceRuntime only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import CLinux' Sources/ServiceRuntime
forbid "OpenBLAS is used in Sources/Training only" '^ *(@[A-Za-z_()]+ )*((internal|package|public|private|fileprivate) )?import COpenBLAS' Sources/Training
forbid "Nothing is public: this is no library for others, and package is enough" '^ *(@[A-Za-z_()]+ )*public '
forbid "An error is handled or thrown on, never a crash" '\btry!'
forbid "Only the command line tool prints; the services log" '(^|[^A-Za-z0-9_.])(debugP|p)rint\(' Sources/CLI

while read -r lines file; do
    if ((lines > 300)); then
        printf 'A file is 300 lines at most, so that it is read in one sitting: %s has %s.\n' "$file" "$lines"
        broken=$((broken + 1))
    fi
done < <(find Sources -name '*.swift' -exec wc -l {} \; | sort -rn)

if ((broken > 0)); then exit 1; fi
