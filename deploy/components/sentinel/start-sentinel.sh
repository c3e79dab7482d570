#!/bin/sh
# Starts one of the three sentinels. They write what they learn into their own configuration, and ask each other after a restart.
set -eu
# shellcheck source=deploy/components/sentinel/master.sh
. "$(dirname "$0")/master.sh"
master=$(known_master)
umask 077
cat >/run/sentinel/sentinel.conf <<CONF
port 26379
dir /run/sentinel
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $(hostname).sentinel
sentinel monitor kindred ${master:-redis-data-0.redis-data} 6379 2
sentinel auth-user kindred sentinel
sentinel auth-pass kindred $(cat /run/secrets/sentinel/sentinel-password)
sentinel down-after-milliseconds kindred 5000
sentinel failover-timeout kindred 30000
sentinel parallel-syncs kindred 1
CONF
exec redis-server /run/sentinel/sentinel.conf --sentinel
