#ifndef KINDRED_CRABBITMQ_SHIM_H
#define KINDRED_CRABBITMQ_SHIM_H

#include <sys/time.h>
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

// amqp_login_with_properties is variadic, which Swift cannot call.
static inline amqp_rpc_reply_t crabbitmq_login_plain(
    amqp_connection_state_t connection, const char *virtual_host, int frame_max, int heartbeat_seconds,
    const amqp_table_t *client_properties, const char *user, const char *password
) {
    return amqp_login_with_properties(
        connection, virtual_host, 1, frame_max, heartbeat_seconds, client_properties,
        AMQP_SASL_METHOD_PLAIN, user, password);
}

// The library keeps the pointer, and what Swift lends does not last.
static inline void crabbitmq_set_no_passphrase(amqp_socket_t *socket) {
    amqp_ssl_socket_set_key_passwd(socket, "");
}

#endif
