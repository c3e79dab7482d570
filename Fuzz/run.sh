#!/usr/bin/env bash
# Fuzzes the reader of ratings files, with libFuzzer and the address sanitizer, which both come with Swift's toolchain.
#
#     Fuzz/run.sh 60                 for 60 seconds, after the half minute that building takes
#     Fuzz/run.sh 60 -seed=7         further arguments are libFuzzer's
#     Fuzz/run.sh 0 .build-fuzz/crash-…    what one found input does, once
#
# A file that the reader should refuse and does not, a trap, or a read outside of its memory ends the run with exit code 1 or more; the input is
# kept in .build-fuzz. Inputs that reached something new are kept in .build-fuzz/corpus, from which the next run starts.
# SWIFT_OPTIMIZATION=-Onone builds with the standard library's own checks of pointers as well.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# Its handler of crashes reads memory that the sanitizer guards.
export SWIFT_BACKTRACE=enable=no

seconds=${1:?how many seconds to run}
shift
folder=.build-fuzz
mkdir -p "$folder/corpus"

# One module, so that what is internal to Recommenders can be reached.
(cd "$folder" && find ../Sources/Recommenders ../Fuzz -name '*.swift' -print0 | sort -z | xargs -0 swiftc \
    -sanitize=fuzzer,address "${SWIFT_OPTIMIZATION:--O}" -g -wmo -parse-as-library -swift-version 6 \
    -use-ld=lld -module-name Fuzz -package-name kindred -warnings-as-errors \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature NonisolatedNonsendingByDefault \
    -o fuzz)

if ((seconds == 0)); then exec "$folder/fuzz" "$@"; fi
exec "$folder/fuzz" -max_total_time="$seconds" -max_len=16384 -timeout=10 -detect_leaks=0 -print_final_stats=1 -artifact_prefix="$folder/" \
    "$@" "$folder/corpus"
