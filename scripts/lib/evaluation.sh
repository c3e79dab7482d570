# shellcheck shell=bash
# The report on how good the algorithms are, which the web app shows. Uses ui.sh, processes.sh, local_state.sh and services.sh.

# A larger ratings file (in bytes) takes longer than anybody expects of a start.
largest_evaluated_file=50000000

# Writes the report beside the models, in the background and behind everything else, unless there is one of these models.
# It ends by itself; `down` ends it too.
start_evaluation() {
    local report=$state_folder/models/evaluation.json ratings=$state_folder/kindred.ratings algorithm chosen=()
    if is_running evaluation; then return 0; fi
    if [[ -f "$report" && -z "$(find "$state_folder/models" "$ratings" -type f -newer "$report" -print -quit)" ]]; then return 0; fi
    if (($(stat --format %s "$ratings") > largest_evaluated_file)); then
        say "    For the page about the models: $me kindred evaluate --output $(quoted "$report")"
        return 0
    fi
    for algorithm in popularity user-neighbors item-neighbors ease blend; do chosen+=(--algorithm "$algorithm"); done
    local -x OPENBLAS_NUM_THREADS=1
    start_process evaluation nice -n 19 "$programs/kindred" evaluate --ratings "$ratings" "${chosen[@]}" --output "$report"
    started+=(evaluation)
}
