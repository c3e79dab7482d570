#!/usr/bin/env bash
# Fuzzes what reads bytes from elsewhere, with libFuzzer and the address sanitizer, which both come with Swift's toolchain.
#
#     Fuzz/run.sh 60                 the reader of ratings files for 60 seconds, after the half minute that building takes
#     Fuzz/run.sh jobs 60            the reader of messages
#     Fuzz/run.sh 60 -seed=7         further arguments are libFuzzer's
#     Fuzz/run.sh 0 .build-fuzz/crash-…    what one found input does, once
#
# An input that should be refused and is not, a trap, or a read outside of its memory ends the run with exit code 1 or more; the input is
# kept in .build-fuzz (.build-fuzz/jobs). Inputs that reached something new are kept in its folder corpus, from which the next run starts.
# SWIFT_OPTIMIZATION=-Onone builds with the standard library's own checks of pointers as well.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# Its handler of crashes reads memory that the sanitizer guards.
export SWIFT_BACKTRACE=enable=no

target=ratings
if [[ "${1:-}" == jobs ]]; then
    target=jobs
    shift
fi
seconds=${1:?how many seconds to run}
shift

# One module each, so that what is internal can be reached. For that the imports of our own modules have to go.
folder=.build-fuzz
options=()
if [[ "$target" == jobs ]]; then
    folder=.build-fuzz/jobs
    rm -rf "$folder/sources"
    mkdir -p "$folder/sources"
    own='^(package )?import (JSON|Jobs|Recommenders|ServiceRuntime)$'
    domain=Sources/Recommenders/Domain
    find Sources/JSON Sources/Jobs/Job{,ID,Kind,Lane}.swift "$domain"/{Algorithm,Identifiers}.swift \
        "$domain"/{RatingUpdate,RatingVersion,RecommendationQuery}.swift Sources/ServiceRuntime/Time/Timestamp.swift \
        Sources/Messaging/Wire Sources/Messaging/{JobCoding,MessagingError}.swift Fuzz/Jobs -name '*.swift' -print0 |
        while IFS= read -r -d '' file; do grep -vE "$own" "$file" >"$folder/sources/${file//\//-}"; done
    sources=(sources)
    options=(-dict=Fuzz/Jobs/dictionary.txt)
else
    sources=(../Sources/Recommenders ../Fuzz/RatingsFile)
fi
mkdir -p "$folder/corpus"

(cd "$folder" && find "${sources[@]}" -name '*.swift' -print0 | sort -z | xargs -0 swiftc \
    -sanitize=fuzzer,address "${SWIFT_OPTIMIZATION:--O}" -g -wmo -parse-as-library -swift-version 6 \
    -use-ld=lld -module-name Fuzz -package-name kindred -warnings-as-errors \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature NonisolatedNonsendingByDefault \
    -o fuzz)

if [[ "$target" == jobs ]]; then cp Fuzz/Jobs/seeds/* "$folder/corpus"; fi
if ((seconds == 0)); then exec "$folder/fuzz" "$@"; fi
exec "$folder/fuzz" -max_total_time="$seconds" -max_len=16384 -timeout=10 -detect_leaks=0 -print_final_stats=1 \
    -artifact_prefix="$folder/" "${options[@]}" "$@" "$folder/corpus"
