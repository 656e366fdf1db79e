/*
 * The socket itself (U1 to U3, U5 to U7). Arguments: denied=PORT, which the host's Network doesn't let bind; hops=no
 * where the provider has no hop limit.
 */
#include "guest.h"

static void u1(void) {
    handle socket = create();
    expect(socket_address_family(socket) == (int)family(), "the family is the one asked for");
    handle pollable = socket_subscribe(socket);
    expect(pollable_ready(pollable), "the socket's own pollable is ready");
    pollable_drop(pollable);
    socket_drop(socket);
}

static void bind_refused(const ip_socket_address *address, enum error_code code, const char *what) {
    handle socket = create();
    result_void bound = bind(socket, address);
    EXPECT_ERROR(bound, code, what);
    ip_socket_address any = loopback(0);
    expect(!bind(socket, &any).is_error, "a refused bind leaves the socket unbound");
    socket_drop(socket);
}

static void u2(void) {
    ip_socket_address other = loopback_of(other_family(), 0);
    bind_refused(&other, INVALID_ARGUMENT, "the other family");
    ip_socket_address foreign = parse_address(family() == IPV4 ? "192.0.2.1" : "2001:db8:0:0:0:0:0:1", 0);
    bind_refused(&foreign, ADDRESS_NOT_BINDABLE, "an address of somebody else");
    handle socket = bound_socket();
    ip_socket_address taken = local_address(socket), any = loopback(0);
    expect(port_of(&taken) != 0, "port 0 picks a port");
    bind_refused(&taken, ADDRESS_IN_USE, "a port that is taken");
    result_void again = bind(socket, &any);
    EXPECT_ERROR(again, INVALID_STATE, "bound already");
    socket_drop(socket);
    if (argument("denied", NULL) != NULL) {
        ip_socket_address denied = loopback(number_argument("denied", 0));
        bind_refused(&denied, ACCESS_DENIED, "what the network denies");
    }
}

static void u2_in_two_steps(void) {
    handle socket = create(), network = instance_network();
    int32_t flat[12];
    result_void result;
    ip_socket_address any = loopback(0);
    flatten(&any, flat);
    socket_finish_bind(socket, &result);
    EXPECT_ERROR(result, NOT_IN_PROGRESS, "finish-bind without start-bind");
    socket_start_bind(socket, network, FLAT(flat), &result);
    expect(!result.is_error, "start-bind");
    socket_start_bind(socket, network, FLAT(flat), &result);
    EXPECT_ERROR(result, CONCURRENCY_CONFLICT, "start-bind twice");
    socket_finish_bind(socket, &result);
    expect(!result.is_error, "finish-bind");
    socket_finish_bind(socket, &result);
    EXPECT_ERROR(result, NOT_IN_PROGRESS, "finish-bind twice");
    network_drop(network);
    socket_drop(socket);
}

static void peer_refused(handle socket, ip_socket_address peer, const char *what) {
    result_streams streams = stream(socket, &peer);
    EXPECT_ERROR(streams, INVALID_ARGUMENT, what);
}

static void u3(void) {
    handle unbound = create();
    result_streams none = stream(unbound, NULL);
    EXPECT_ERROR(none, INVALID_STATE, "unbound");
    socket_drop(unbound);
    handle socket = bound_socket();
    peer_refused(socket, loopback_of(other_family(), 9), "the other family");
    peer_refused(socket, unspecified(9), "the unspecified address");
    peer_refused(socket, loopback(0), "port 0");
    if (family() == IPV6) {
        peer_refused(socket, parse_address("0:0:0:0:0:ffff:7f00:1", 9), "an IPv4-mapped address");
        peer_refused(socket, parse_address("0:0:0:0:0:0:7f00:1", 9), "an IPv4-compatible address");
    }
    socket_drop(socket);
}

static void u3_again(void) {
    endpoint peer = open_endpoint(NULL), socket = open_endpoint(NULL);
    ip_socket_address before = socket.address;
    for (int round = 0; round < 3; round++) {
        restream(&socket, &peer.address);
        expect(same_address(&before, &socket.address), "the port stays with a peer");
        expect(send_text(socket.outgoing, "to the peer", NULL), "sends to the peer");
        expect(next_is(peer.incoming, "to the peer"), "which receives it");
        restream(&socket, NULL);
        expect(same_address(&before, &socket.address), "the port stays without one");
        expect(send_text(peer.outgoing, "to anybody", &before) && next_is(socket.incoming, "to anybody"), "receives");
    }
    close_endpoint(&socket);
    close_endpoint(&peer);
}

static void u5(void) {
    handle socket = create();
    result_address result;
    socket_local_address(socket, &result);
    EXPECT_ERROR(result, INVALID_STATE, "no local address when unbound");
    socket_remote_address(socket, &result);
    EXPECT_ERROR(result, INVALID_STATE, "no remote address when unbound");
    socket_drop(socket);
    endpoint peer = open_endpoint(NULL), connected = open_endpoint(&peer.address);
    ip_socket_address expected = loopback(port_of(&connected.address));
    expect(same_address(&connected.address, &expected), "the local address");
    socket_remote_address(connected.socket, &result);
    expect(!result.is_error && same_address(&result.value, &peer.address), "the peer");
    restream(&connected, NULL);
    socket_remote_address(connected.socket, &result);
    EXPECT_ERROR(result, INVALID_STATE, "no remote address without a peer");
    close_endpoint(&connected);
    close_endpoint(&peer);
}

static void u6_hop_limit(void) {
    handle socket = bound_socket();
    result_u8 hops;
    result_void set;
    socket_set_unicast_hop_limit(socket, 42, &set);
    socket_unicast_hop_limit(socket, &hops);
    if (equal(argument("hops", "yes"), "no", 2)) {
        EXPECT_ERROR(set, NOT_SUPPORTED, "can't be set");
        EXPECT_ERROR(hops, NOT_SUPPORTED, "can't be read");
    } else {
        expect(!set.is_error && !hops.is_error && hops.value == 42, "reads back");
        socket_set_unicast_hop_limit(socket, 0, &set);
        EXPECT_ERROR(set, INVALID_ARGUMENT, "0 hops");
        socket_set_unicast_hop_limit(socket, 255, &set);
        socket_unicast_hop_limit(socket, &hops);
        expect(!set.is_error && hops.value == 255, "255 is unsigned");
    }
    socket_drop(socket);
}

typedef void getter(handle, result_u64 *);
typedef void setter(handle, uint64_t, result_void *);

static void buffer(getter *get, setter *put) {
    handle socket = bound_socket();
    result_u64 size;
    result_void set;
    get(socket, &size);
    expect(!size.is_error && size.value > 0, "a size from the start");
    put(socket, 0, &set);
    EXPECT_ERROR(set, INVALID_ARGUMENT, "0 bytes");
    put(socket, 65536, &set);
    get(socket, &size);
    expect(!set.is_error && size.value == 65536, "reads back as itself");
    put(socket, UINT64_MAX, &set);
    get(socket, &size);
    expect(!set.is_error && size.value > 0, "too much is clamped");
    put(socket, 1, &set);
    get(socket, &size);
    expect(!set.is_error && size.value > 0, "so is too little");
    socket_drop(socket);
}

static void u6_receive_buffer(void) {
    buffer(socket_receive_buffer_size, socket_set_receive_buffer_size);
}

static void u6_send_buffer(void) {
    buffer(socket_send_buffer_size, socket_set_send_buffer_size);
}

static void u7(void) {
    for (int round = 0; round < 3; round++) {
        endpoint first = open_endpoint(NULL);
        close_endpoint(&first);
        handle second = create();
        expect(!bind(second, &first.address).is_error, "the port is free when drop returns");
        socket_drop(second);
    }
}

int guest(void) {
    check("U1", u1);
    check("U2", u2);
    check("U2 in two steps", u2_in_two_steps);
    check("U3", u3);
    check("U3 again", u3_again);
    check("U5", u5);
    check("U6 hop limit", u6_hop_limit);
    check("U6 receive buffer", u6_receive_buffer);
    check("U6 send buffer", u6_send_buffer);
    check("U7", u7);
    return verdict();
}
