# shellcheck shell=sh
# Which Redis the sentinels call the master, or nothing when none of them knows: at the very first start.
known_master() {
    for number in 0 1 2; do
        answer=$(timeout 2 redis-cli -h "sentinel-$number.sentinel" -p 26379 sentinel get-master-addr-by-name kindred 2>/dev/null |
            head -n 1) || continue
        case "$answer" in
        redis-data-*) printf '%s' "$answer" && return 0 ;;
        esac
    done
}
