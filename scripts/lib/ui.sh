# shellcheck shell=bash
# What a person sees: sentences, a sign of life while something takes time, and colour on a terminal only.

if [[ -t 1 && -z "${NO_COLOR:-}" && "${TERM:-dumb}" != dumb ]]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    bold='' red='' green='' plain=''
fi

# Whether a line may be drawn over: only on a terminal, never in a file or in the log of a build server.
is_terminal() { [[ -t 1 && "${TERM:-dumb}" != dumb ]]; }

say() { printf '%s\n' "$*"; }
step() { printf '%s==>%s %s\n' "$bold" "$plain" "$*"; }
warn() { printf '%s%s%s\n' "$red" "$*" "$plain" >&2; }

# Says why it cannot go on, each further argument on a line of its own, and ends the script.
# The EXIT trap of the script then stops whatever was started.
fail() {
    printf '%sError:%s %s\n' "$red" "$plain" "$1" >&2
    shift
    if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
    exit 1
}

# A path or an argument as it must be typed: quoted where it needs to be, and pleasant where it need not.
quoted() {
    if [[ "$1" =~ ^[A-Za-z0-9_./@:+,=-]+$ ]]; then printf '%s' "$1"; else printf "'%s'" "${1//\'/\'\\\'\'}"; fi
}

# Draws over the current line of a terminal; cut to its width, since a wrapped line cannot be drawn over.
draw_line() { printf '\r\e[K%s' "${1:0:$((${COLUMNS:-80} - 1))}"; }
erase_line() { printf '\r\e[K'; }

# wait_until SECONDS "what is awaited" COMMAND...: repeats the command until it succeeds.
# Shows the seconds on a terminal, one line elsewhere. Fails when the time is up, or at once when the command
# returns 2, which says that waiting longer is of no use.
wait_until() {
    local limit=$1 what=$2 began=$SECONDS code
    shift 2
    is_terminal || printf '    %s ... ' "$what"
    while true; do
        code=0
        "$@" || code=$?
        if ((code == 0)); then break; fi
        if ((code == 2 || SECONDS - began >= limit)); then
            if is_terminal; then erase_line; else printf 'no.\n'; fi
            return 1
        fi
        if is_terminal; then draw_line "    $what ... $((SECONDS - began)) s"; fi
        sleep 0.2
    done
    if is_terminal; then
        erase_line
        printf '    %s: %syes%s (%s s)\n' "$what" "$green" "$plain" "$((SECONDS - began))"
    else
        printf 'yes (%s s).\n' "$((SECONDS - began))"
    fi
}
