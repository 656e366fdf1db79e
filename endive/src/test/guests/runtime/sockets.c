#include "guest.h"

handle create(void) {
    result_handle socket;
    create_udp_socket(family(), &socket);
    if (socket.is_error) {
        give_up("no socket");
    }
    return socket.value;
}

result_void bind(handle socket, const ip_socket_address *address) {
    int32_t flat[12];
    result_void result;
    flatten(address, flat);
    handle network = instance_network();
    socket_start_bind(socket, network, FLAT(flat), &result);
    network_drop(network);
    while (!result.is_error) {
        socket_finish_bind(socket, &result);
        if (!result.is_error || result.error != WOULD_BLOCK) {
            break;
        }
        handle pollable = socket_subscribe(socket);
        pollable_block(pollable);
        pollable_drop(pollable);
        result.is_error = 0;
    }
    return result;
}

result_streams stream(handle socket, const ip_socket_address *peer) {
    int32_t flat[12] = {0};
    result_streams result;
    if (peer != NULL) {
        flatten(peer, flat);
    }
    socket_stream(socket, peer != NULL, FLAT(flat), &result);
    return result;
}

ip_socket_address local_address(handle socket) {
    result_address result;
    socket_local_address(socket, &result);
    if (result.is_error) {
        give_up("no local address");
    }
    return result.value;
}

handle bound_socket(void) {
    handle socket = create();
    ip_socket_address any = loopback(0);
    if (bind(socket, &any).is_error) {
        give_up("can't bind");
    }
    return socket;
}

endpoint open_endpoint(const ip_socket_address *peer) {
    endpoint made = {.socket = bound_socket(), .incoming = -1};
    restream(&made, peer);
    return made;
}

void restream(endpoint *end, const ip_socket_address *peer) {
    if (end->incoming >= 0) {
        incoming_drop(end->incoming);
        outgoing_drop(end->outgoing);
    }
    result_streams streams = stream(end->socket, peer);
    if (streams.is_error) {
        give_up("no streams");
    }
    end->incoming = streams.incoming;
    end->outgoing = streams.outgoing;
    end->address = local_address(end->socket);
}

void close_endpoint(endpoint *end) {
    incoming_drop(end->incoming);
    outgoing_drop(end->outgoing);
    socket_drop(end->socket);
}

outgoing_datagram datagram(const void *data, size_t length, const ip_socket_address *remote) {
    outgoing_datagram made = {.data = data, .length = length, .remote_address.is_some = remote != NULL};
    if (remote != NULL) {
        made.remote_address.value = *remote;
    }
    return made;
}

outgoing_datagram text_datagram(const char *text, const ip_socket_address *remote) {
    return datagram(text, text_length(text), remote);
}

uint64_t permit(handle outgoing) {
    result_u64 result;
    outgoing_check_send(outgoing, &result);
    while (!result.is_error && result.value == 0) {
        handle pollable = outgoing_subscribe(outgoing);
        pollable_block(pollable);
        pollable_drop(pollable);
        outgoing_check_send(outgoing, &result);
    }
    return result.is_error ? 0 : result.value;
}

result_u64 send_permitted(handle outgoing, const outgoing_datagram *datagrams, size_t count) {
    result_u64 result;
    outgoing_send(outgoing, datagrams, count, &result);
    return result;
}

result_u64 send(handle outgoing, const outgoing_datagram *datagrams, size_t count) {
    if (permit(outgoing) < count) {
        give_up("the permit is too small");
    }
    return send_permitted(outgoing, datagrams, count);
}

bool send_text(handle outgoing, const char *text, const ip_socket_address *remote) {
    outgoing_datagram one = text_datagram(text, remote);
    result_u64 result = send(outgoing, &one, 1);
    return !result.is_error && result.value == 1;
}

result_datagrams receive(handle incoming, uint64_t max) {
    result_datagrams result;
    incoming_receive(incoming, max, &result);
    return result;
}

bool ready_in_time(handle pollable) {
    handle both[] = {pollable, subscribe_duration(10000000000)};
    indices ready;
    poll(both, 2, &ready);
    bool in_time = ready.data[0] == 0;
    pollable_drop(both[0]);
    pollable_drop(both[1]);
    return in_time;
}

bool next_datagram(handle incoming, incoming_datagram *next) {
    for (;;) {
        result_datagrams result = receive(incoming, 1);
        if (result.is_error) {
            give_up("receive failed");
        }
        if (result.length == 1) {
            *next = result.data[0];
            return true;
        }
        if (!ready_in_time(incoming_subscribe(incoming))) {
            return false;
        }
    }
}

bool next_is(handle incoming, const char *text) {
    incoming_datagram next;
    return next_datagram(incoming, &next) && next.length == text_length(text) && equal(next.data, text, next.length);
}
