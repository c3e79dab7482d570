# shellcheck shell=bash
# The data set: which one, where from, and importing it. Uses ui.sh, local_state.sh and build.sh.

# MovieLens may not be passed on by others than GroupLens, so everybody gets it from there.
movielens_url=${MOVIELENS_URL:-https://files.grouplens.org/datasets/movielens/ml-latest-small.zip}

# Set by choose_data: the folder or file to import, and what to call it.
data_folder='' data_name=''

# choose_data CHOICE: `movielens`, `sample`, a folder or file, or nothing for the same as the last time; the first time that is
# MovieLens, and the synthetic sample when that cannot be downloaded.
choose_data() {
    local choice=${1:-$(remembered data)}
    case "$choice" in
    '')
        if get_movielens; then
            use_movielens
        else
            warn "MovieLens could not be downloaded, so Kindred runs on a SYNTHETIC SAMPLE: invented films, invented users."
            warn "Recommendations from it show that everything works, and mean nothing."
            warn "Later: --data movielens tries again, --data PATH takes what \`kindred import\` takes."
            use_sample
        fi
        ;;
    movielens)
        get_movielens || fail "MovieLens could not be downloaded." "$movielens_url" \
            "Try again later, or use --data PATH or --data sample."
        use_movielens
        ;;
    sample)
        warn "Kindred runs on a SYNTHETIC SAMPLE: invented films, invented users. --data says what else it can run on."
        use_sample
        ;;
    *)
        if [[ ! -e "$choice" ]]; then fail "There is no folder or file $choice." "--data takes what \`kindred import\` takes."; fi
        data_folder=$choice data_name=$choice
        remember data "$choice"
        ;;
    esac
}

use_movielens() {
    data_folder=$state_folder/data/ml-latest-small data_name="MovieLens ml-latest-small"
    remember data movielens
}

use_sample() {
    data_folder=$state_folder/data/sample data_name="the synthetic sample"
    remember data sample
    if [[ -d "$data_folder" ]]; then return 0; fi
    rm -rf "$data_folder.new"
    "$programs/kindred" sample "$data_folder.new" >"$log_folder/sample.log" 2>&1 || {
        show_last_lines sample
        fail "The sample could not be made."
    }
    mv "$data_folder.new" "$data_folder"
}

# Downloads MovieLens unless it is there. Fails quickly when there is no network; what arrived is believed only when its
# checksum is the published one.
get_movielens() {
    local zip=$state_folder/data/ml-latest-small.zip folder=$state_folder/data/unpacked
    if [[ -d "$state_folder/data/ml-latest-small" ]]; then return 0; fi
    say "    Downloading $movielens_url"
    download "$movielens_url.md5" "$zip.md5" && download "$movielens_url" "$zip" || return 1
    # The file may hold the name of the archive before or after the checksum.
    if ! grep -qiwF "$(md5sum <"$zip" | cut -d ' ' -f 1)" "$zip.md5"; then
        warn "The archive is damaged: its checksum is not the one in $movielens_url.md5."
        return 1
    fi
    rm -rf "$folder"
    python3 -m zipfile -e "$zip" "$folder" || return 1
    if [[ ! -f "$folder/ml-latest-small/ratings.csv" ]]; then
        warn "The archive does not hold ml-latest-small/ratings.csv."
        return 1
    fi
    mv "$folder/ml-latest-small" "$state_folder/data/ml-latest-small"
    rm -rf "$folder" "$zip" "$zip.md5"
}

download() {
    curl --silent --show-error --fail --location --connect-timeout 5 --max-time 60 --output "$2" "$1" 2>&1 | sed 's/^/    /'
}

# Imports the chosen data, unless just that was done the last time.
import_data() {
    local file=$state_folder/kindred.ratings fingerprint
    fingerprint=$(data_fingerprint)
    if [[ -f "$file" && "$(remembered imported)" == "$fingerprint" ]]; then
        step "Data: $data_name (imported already)"
        return 0
    fi
    step "Data: importing $data_name"
    if [[ -n "$(remembered imported)" && "$(remembered imported_from)" != "$data_folder" ]]; then
        warn "The data set has changed. Ratings given before stay stored, and count where items of the same id exist."
    fi
    run_interruptibly "$programs/kindred" import "$data_folder" --output "$file" >"$log_folder/import.log" 2>&1 || {
        show_last_lines import
        fail "The data could not be imported."
    }
    sed 's/^/    /' "$log_folder/import.log"
    remember imported "$fingerprint"
    remember imported_from "$data_folder"
}

# Trains the models on the imported data, unless just that was done the last time.
train_models() {
    local fingerprint
    fingerprint=$(training_fingerprint)
    if [[ -d "$state_folder/models" && "$(remembered trained)" == "$fingerprint" ]]; then
        step "Models: trained already"
        return 0
    fi
    step "Models: training (at the size of ml-latest-small this takes seconds)"
    run_interruptibly "$programs/kindred" train --ratings "$state_folder/kindred.ratings" --models "$state_folder/models" \
        >"$log_folder/train.log" 2>&1 || {
        show_last_lines train
        fail "The models could not be trained."
    }
    sed 's/^/    /' "$log_folder/train.log"
    remember trained "$fingerprint"
}

# Changes when the imported data or the code that trains changes.
training_fingerprint() {
    {
        remembered imported
        find Sources/Training -name '*.swift' -print0 | LC_ALL=C sort -z | xargs -0 cat
    } | sha256sum | cut -d ' ' -f 1
}

# Changes when the folder, one of its files, or the code that writes the ratings file changes.
data_fingerprint() {
    {
        printf '%s\n' "$data_folder"
        find -L "$data_folder" -maxdepth 1 -type f -printf '%f %s %T@\n' | LC_ALL=C sort
        find Sources/Recommenders -name '*.swift' -print0 | LC_ALL=C sort -z | xargs -0 cat
    } | sha256sum | cut -d ' ' -f 1
}
