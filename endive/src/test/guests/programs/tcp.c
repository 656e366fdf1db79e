/*
 * Talks to itself by TCP: listens, connects bytes=BYTES (else 200000) there and back, closes one direction, sees the end, and
 * is refused where nothing listens. Argument: family.
 */
#include "guest.h"

#define TCP "wasi:sockets/tcp@0.2.0"
#define TCP_METHOD(name) FROM(TCP, "[method]tcp-socket." name)

/* result<tuple<tcp-socket, input-stream, output-stream>, error-code> */
typedef struct { uint8_t is_error; union { struct { handle socket, input, output; }; uint8_t error; }; } result_accepted;
_Static_assert(sizeof(result_accepted) == 16, "result of accept");

FROM("wasi:sockets/tcp-create-socket@0.2.0", "create-tcp-socket") void create_tcp_socket(int32_t family, result_handle *);
TCP_METHOD("start-bind") void tcp_start_bind(handle, handle network, FLAT_ADDRESS, result_void *);
TCP_METHOD("finish-bind") void tcp_finish_bind(handle, result_void *);
TCP_METHOD("start-listen") void tcp_start_listen(handle, result_void *);
TCP_METHOD("finish-listen") void tcp_finish_listen(handle, result_void *);
TCP_METHOD("start-connect") void tcp_start_connect(handle, handle network, FLAT_ADDRESS, result_void *);
TCP_METHOD("finish-connect") void tcp_finish_connect(handle, result_streams *);
TCP_METHOD("accept") void tcp_accept(handle, result_accepted *);
TCP_METHOD("local-address") void tcp_local_address(handle, result_address *);
TCP_METHOD("remote-address") void tcp_remote_address(handle, result_address *);
TCP_METHOD("shutdown") void tcp_shutdown(handle, int32_t how, result_void *);
TCP_METHOD("subscribe") handle tcp_subscribe(handle);
FROM(TCP, "[resource-drop]tcp-socket") void tcp_drop(handle);
FROM(STREAMS, "[resource-drop]input-stream") void input_drop(handle);

enum { SHUTDOWN_SEND = 1, CLOSED = 1, CHUNK = 4096 };

static void require(bool condition, const char *what) {
    if (!condition) {
        give_up(what);
    }
}

static handle tcp_socket(void) {
    result_handle made;
    create_tcp_socket(family(), &made);
    require(!made.is_error, "no tcp socket");
    return made.value;
}

static void wait_for(handle socket) {
    handle pollable = tcp_subscribe(socket);
    pollable_block(pollable);
    pollable_drop(pollable);
}

/* Listens on a free port, and says where. */
static handle listener(ip_socket_address *at) {
    int32_t flat[12];
    result_void done;
    result_address local;
    handle socket = tcp_socket(), network = instance_network();
    ip_socket_address any = loopback(0);
    flatten(&any, flat);
    tcp_start_bind(socket, network, FLAT(flat), &done);
    require(!done.is_error, "start-bind");
    tcp_finish_bind(socket, &done);
    require(!done.is_error, "finish-bind");
    tcp_start_listen(socket, &done);
    require(!done.is_error, "start-listen");
    tcp_finish_listen(socket, &done);
    require(!done.is_error, "finish-listen");
    tcp_local_address(socket, &local);
    require(!local.is_error && port_of(&local.value) != 0, "local-address");
    *at = local.value;
    network_drop(network);
    return socket;
}

static result_streams connect(handle socket, const ip_socket_address *to) {
    int32_t flat[12];
    result_void begun;
    result_streams connected;
    handle network = instance_network();
    flatten(to, flat);
    tcp_start_connect(socket, network, FLAT(flat), &begun);
    network_drop(network);
    require(!begun.is_error, "start-connect");
    for (;;) {
        tcp_finish_connect(socket, &connected);
        if (!connected.is_error || connected.error != WOULD_BLOCK) {
            return connected;
        }
        wait_for(socket);
    }
}

static void send_bytes(handle output, const uint8_t *data, size_t length) {
    result_stream written;
    output_write(output, (const char *) data, length, &written);
    require(!written.is_error, "write");
}

static void receive_bytes(handle input, const uint8_t *expected, size_t length) {
    for (size_t got = 0; got < length;) {
        result_bytes read;
        input_read(input, length - got, &read);
        require(!read.is_error && read.length > 0 && read.length <= length - got, "read");
        require(equal(read.data, expected + got, read.length), "other bytes than were sent");
        got += read.length;
    }
    forget_memory();
}

int guest(void) {
    static uint8_t chunk[CHUNK];
    ip_socket_address address, free_port;
    handle listening = listener(&address);
    handle client = tcp_socket();
    result_streams mine = connect(client, &address);
    require(!mine.is_error, "finish-connect");
    result_accepted theirs;
    for (tcp_accept(listening, &theirs); theirs.is_error && theirs.error == WOULD_BLOCK; tcp_accept(listening, &theirs)) {
        wait_for(listening);
    }
    require(!theirs.is_error, "accept");
    result_address remote;
    tcp_remote_address(client, &remote);
    require(!remote.is_error && same_address(&remote.value, &address), "remote-address");

    uint64_t bytes = number_argument("bytes", 200000);
    for (uint64_t sent = 0; sent < bytes; sent += CHUNK) {
        for (size_t i = 0; i < CHUNK; i++) {
            chunk[i] = (uint8_t) (sent / CHUNK + i * 7);
        }
        send_bytes(mine.outgoing, chunk, CHUNK);
        receive_bytes(theirs.input, chunk, CHUNK);
        send_bytes(theirs.output, chunk, CHUNK);
        receive_bytes(mine.incoming, chunk, CHUNK);
    }

    result_void shut;
    result_bytes end;
    tcp_shutdown(client, SHUTDOWN_SEND, &shut);
    require(!shut.is_error, "shutdown");
    input_read(theirs.input, 1, &end);
    require(end.is_error && end.kind == CLOSED, "the end is seen");
    send_bytes(theirs.output, chunk, CHUNK); /* the other direction goes on */
    receive_bytes(mine.incoming, chunk, CHUNK);
    input_drop(mine.incoming);
    output_drop(mine.outgoing);
    tcp_drop(client);
    input_drop(theirs.input);
    output_drop(theirs.output);
    tcp_drop(theirs.socket);

    handle unused = listener(&free_port);
    tcp_drop(unused);
    tcp_drop(listening);
    handle refused = tcp_socket();
    require(connect(refused, &free_port).error == CONNECTION_REFUSED, "refused where nothing listens");
    tcp_drop(refused);
    say_number(bytes);
    say(" there and back\n");
    return 0;
}
