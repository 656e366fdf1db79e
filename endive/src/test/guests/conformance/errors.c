/*
 * The errors of send, by datagram (E1 to E6, N1), and those that come back from the network (E8, S2, S8, P2).
 * Arguments: denied=PORT, to which the host's Network doesn't let send; absent when it allows everything.
 */
#include "guest.h"

static endpoint from, to;

static void refused(const ip_socket_address *remote, enum error_code code, const char *what) {
    outgoing_datagram one = text_datagram("never", remote);
    result_u64 sent = send(from.outgoing, &one, 1);
    EXPECT_ERROR(sent, code, what);
}

static void e1(void) {
    ip_socket_address other = loopback_of(other_family(), port_of(&to.address));
    refused(&other, INVALID_ARGUMENT, "the other family");
    if (family() == IPV6) {
        ip_socket_address mapped = parse_address("0:0:0:0:0:ffff:7f00:1", port_of(&to.address));
        refused(&mapped, INVALID_ARGUMENT, "an IPv4-mapped address");
        ip_socket_address compatible = parse_address("0:0:0:0:0:0:7f00:1", port_of(&to.address));
        refused(&compatible, INVALID_ARGUMENT, "an IPv4-compatible address");
    }
}

static void e2(void) {
    ip_socket_address any = unspecified(port_of(&to.address));
    refused(&any, INVALID_ARGUMENT, "the unspecified address");
}

static void e3(void) {
    ip_socket_address nowhere = loopback(0);
    refused(&nowhere, INVALID_ARGUMENT, "port 0");
}

static void e4(void) {
    endpoint connected = open_endpoint(&to.address);
    outgoing_datagram astray = text_datagram("never", &from.address);
    result_u64 sent = send(connected.outgoing, &astray, 1);
    EXPECT_ERROR(sent, INVALID_ARGUMENT, "another address than the peer's");
    expect(send_text(connected.outgoing, "explicit", &to.address), "the peer's own address");
    expect(send_text(connected.outgoing, "implied", NULL), "no address");
    expect(next_is(to.incoming, "explicit") && next_is(to.incoming, "implied"), "both arrive, nothing before them");
    close_endpoint(&connected);
}

static void e5(void) {
    refused(NULL, INVALID_ARGUMENT, "no address anywhere");
}

static void e6(void) {
    static uint8_t zeroes[65536];
    size_t largest = family() == IPV4 ? 65507 : 65527;
    outgoing_datagram one = datagram(zeroes, largest + 1, &to.address);
    result_u64 sent = send(from.outgoing, &one, 1);
    EXPECT_ERROR(sent, DATAGRAM_TOO_LARGE, "one byte too many");
    one.length = largest;
    sent = send(from.outgoing, &one, 1);
    incoming_datagram next;
    expect(!sent.is_error && sent.value == 1, "the largest datagram leaves");
    expect(next_datagram(to.incoming, &next) && next.length == largest, "and arrives");
}

static void n1(void) {
    ip_socket_address denied = loopback(number_argument("denied", 0));
    refused(&denied, ACCESS_DENIED, "what the network denies");
    outgoing_datagram two[] = {text_datagram("allowed", &to.address), text_datagram("never", &denied)};
    result_u64 sent = send(from.outgoing, two, 2);
    expect(!sent.is_error && sent.value == 1 && next_is(to.incoming, "allowed"), "counts up to the denied one");
    result_streams streams = stream(bound_socket(), &denied);
    EXPECT_ERROR(streams, ACCESS_DENIED, "nor is it a peer");
}

/* An endpoint whose peer has just gone, and told it so with an ICMP error. */
static endpoint refused_endpoint(void) {
    endpoint peer = open_endpoint(NULL), made = open_endpoint(&peer.address);
    close_endpoint(&peer);
    expect(send_text(made.outgoing, "lost", NULL), "the first send can't know");
    expect(ready_in_time(incoming_subscribe(made.incoming)), "P2: the error makes the pollable ready");
    return made;
}

static void e8_by_send(void) {
    endpoint alone = refused_endpoint();
    outgoing_datagram one = text_datagram("lost too", NULL);
    result_u64 sent = send(alone.outgoing, &one, 1);
    EXPECT_ERROR(sent, CONNECTION_REFUSED, "the next send meets it");
    sent = send(alone.outgoing, &one, 1);
    expect(!sent.is_error && sent.value == 1, "once");
    close_endpoint(&alone);
}

static void e8_by_receive(void) {
    endpoint alone = refused_endpoint();
    result_datagrams received = receive(alone.incoming, 1);
    EXPECT_ERROR(received, CONNECTION_REFUSED, "the next receive meets it");
    received = receive(alone.incoming, 1);
    expect(!received.is_error && received.length == 0, "once");
    expect(send_text(alone.outgoing, "lost", NULL), "and send no more");
    close_endpoint(&alone);
}

int guest(void) {
    from = open_endpoint(NULL);
    to = open_endpoint(NULL);
    check("E1", e1);
    check("E2", e2);
    check("E3", e3);
    check("E4", e4);
    check("E5", e5);
    check("E6", e6);
    if (argument("denied", NULL) != NULL) {
        check("N1", n1);
    }
    check("E8 by send", e8_by_send);
    check("E8 by receive", e8_by_receive);
    return verdict();
}
