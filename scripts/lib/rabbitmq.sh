# shellcheck shell=bash
# A private RabbitMQ on loopback, for any user, without systemd. Uses ui.sh and processes.sh.
#
# Two processes: epmd, in which an Erlang program looks up the port of another, and the broker itself. RabbitMQ would
# start an epmd of its own that outlives it; started here, it has a pid like everything else.

# start_rabbitmq FOLDER AMQP_PORT MANAGEMENT_PORT DISTRIBUTION_PORT EPMD_PORT USER PASSWORD [TLS_PORT]: does not wait.
# The user is created when the folder is new, so the password of a folder stays what it was. With a TLS_PORT it listens
# there too, with the certificates of create_certificates.
start_rabbitmq() {
    local folder=$1 amqp=$2 management=$3 distribution=$4 epmd=$5 user=$6 password=$7 tls=${8:-}
    mkdir -p "$folder/home" "$folder/mnesia" "$folder/schema"
    chmod 700 "$folder" "$folder/home"
    write_rabbitmq_configuration "$folder" "$amqp" "$management" "$user" "$password"
    if [[ -n "$tls" ]]; then
        create_certificates "$folder/tls"
        write_tls_configuration "$folder" "$tls"
    fi

    # The scripts of RabbitMQ read a file in /etc that belongs to the system's own broker, hence /dev/null, and expect
    # a few more settings here. /usr/sbin/rabbitmq-server would change to the user rabbitmq; this one does not.
    # RUNNING_UNDER_SYSTEMD makes the script become the broker instead of waiting beside it: one process, one pid.
    local environment=(
        HOME="$folder/home"
        LANG=C.UTF-8
        LC_ALL=C.UTF-8
        RABBITMQ_NODENAME=kindred@localhost
        RABBITMQ_CONF_ENV_FILE=/dev/null
        RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf"
        RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins"
        RABBITMQ_MNESIA_BASE="$folder/mnesia"
        RABBITMQ_SCHEMA_DIR="$folder/schema"
        RABBITMQ_LOG_BASE="$folder"
        RABBITMQ_LOGS=-
        RABBITMQ_PID_FILE="$folder/broker.pid"
        RABBITMQ_DIST_PORT="$distribution"
        # Erlang's threads spin for a while before they sleep, at the cost of whatever else runs on the machine: not here.
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"
        RABBITMQ_SERVER_START_ARGS="+B i"
        RUNNING_UNDER_SYSTEMD=true
        ERL_EPMD_ADDRESS=127.0.0.1
        ERL_EPMD_PORT="$epmd"
    )
    start_process epmd epmd -address 127.0.0.1 -port "$epmd"
    start_process rabbitmq env "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmq-server
}

write_rabbitmq_configuration() {
    local folder=$1 amqp=$2 management=$3 user=$4 password=$5
    (
        umask 077
        cat >"$folder/rabbitmq.conf" <<CONF
# Written anew at every start.
listeners.tcp.1 = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
default_user = $user
default_pass = $password
log.console = true
log.connection.level = warning
# A developer's machine has other things to do with its memory and its disk. The journal of the quorum queues is kept
# in memory as well, and is 512 MiB unless said otherwise.
vm_memory_high_watermark.absolute = 1GiB
disk_free_limit.absolute = 256MB
raft.wal_max_size_bytes = 67108864
CONF
        printf '[rabbitmq_management].\n' >"$folder/enabled_plugins"
        # The cookie is the password between Erlang programs; without it RabbitMQ would take the one in the home folder.
        if [[ ! -s "$folder/home/.erlang.cookie" ]]; then
            random_secret >"$folder/home/.erlang.cookie"
            chmod 400 "$folder/home/.erlang.cookie"
        fi
    )
}

# Asks clients for a certificate, and takes those that have none.
write_tls_configuration() {
    cat >>"$1/rabbitmq.conf" <<CONF
listeners.ssl.1 = 127.0.0.1:$2
ssl_options.cacertfile = $1/tls/ca.pem
ssl_options.certfile = $1/tls/server.pem
ssl_options.keyfile = $1/tls/server-key.pem
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = false
CONF
}

# create_certificates FOLDER: ca.pem, and signed by it server.pem, for the name localhost, and client.pem; stranger-ca.pem, and
# signed by that stranger.pem. Each with a key, client-locked-key.pem with a passphrase. Valid for a day: for tests.
create_certificates() {
    # `set -e` does not hold where a failure is handled, hence every `|| exit`.
    local folder=$1 name
    local new_key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc)
    mkdir -p "$folder"
    (
        umask 077
        cd "$folder" || exit
        for name in ca stranger-ca; do
            openssl req -x509 "${new_key[@]}" -keyout "$name-key.pem" -out "$name.pem" -days 1 -subj "/CN=$name" \
                -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign || exit
        done
        sign_certificate server ca subjectAltName=DNS:localhost || exit
        sign_certificate client ca extendedKeyUsage=clientAuth || exit
        sign_certificate stranger stranger-ca extendedKeyUsage=clientAuth || exit
        openssl pkey -in client-key.pem -out client-locked-key.pem -aes256 -passout pass:kindred
    ) >"$folder/openssl.log" 2>&1 || fail "openssl could not create certificates:" "$(<"$folder/openssl.log")"
}

# sign_certificate NAME AUTHORITY EXTENSION
sign_certificate() {
    openssl req "${new_key[@]}" -keyout "$1-key.pem" -out "$1.csr" -subj "/CN=kindred $1" &&
        openssl x509 -req -in "$1.csr" -out "$1.pem" -days 1 -CA "$2.pem" -CAkey "$2-key.pem" -CAcreateserial \
            -extfile <(printf '%s\n' "$3")
}

# 32 letters and digits from the kernel: about 190 bits.
random_secret() {
    local text
    text=$(head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')
    printf '%s' "${text:0:32}"
}

# rabbitmq_answers AMQP_PORT MANAGEMENT_PORT USER PASSWORD: whether the broker itself says that it listens. An open port is
# not enough, because it opens before the node is done. `rabbitmqctl` would say it too, in two seconds of CPU a time.
# The password goes through a pipe: arguments are visible to everybody on the machine.
rabbitmq_answers() {
    curl --silent --fail --max-time 5 --output /dev/null --config <(printf 'user = "%s:%s"\n' "$3" "$4") \
        "http://127.0.0.1:$2/api/health/checks/port-listener/$1" 2>/dev/null
}

# await_rabbitmq AMQP_PORT MANAGEMENT_PORT USER PASSWORD
await_rabbitmq() {
    if ! wait_until 180 "RabbitMQ answers" unless_ended rabbitmq rabbitmq_answers "$@"; then
        show_last_lines rabbitmq
        fail "RabbitMQ did not start."
    fi
}

# stop_rabbitmq [SECONDS]: 0 is for data that nobody needs any more.
stop_rabbitmq() {
    stop_process rabbitmq "${1:-60}"
    stop_process epmd "$((${1:-60} > 0 ? 5 : 0))"
}
