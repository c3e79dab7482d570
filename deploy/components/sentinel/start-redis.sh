#!/bin/sh
# Starts one of the three: as the master if the sentinels say so, or if they say nothing and it is the first; else as a replica.
set -eu
# shellcheck source=deploy/components/sentinel/master.sh
. "$(dirname "$0")/master.sh"
me=$(hostname).redis-data
master=$(known_master)
master=${master:-redis-data-0.redis-data}
umask 077
{
    cat /etc/redis/redis.conf
    printf 'replica-announce-ip %s\n' "$me"
    printf 'masteruser replica\nmasterauth %s\n' "$(cat /run/secrets/sentinel/replica-password)"
    # A master that is cut off stops taking writes after ten seconds; workers hold their jobs meanwhile.
    printf 'min-replicas-to-write 1\nmin-replicas-max-lag 10\n'
    if [ "$master" != "$me" ]; then printf 'replicaof %s 6379\n' "$master"; fi
} >/run/redis/redis.conf
exec redis-server /run/redis/redis.conf
