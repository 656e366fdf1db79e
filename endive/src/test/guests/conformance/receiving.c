/*
 * What arrives, and waiting for it (R1, R3, R4, U3, U4, P1, P2). Arguments: deaf=PORT, from which the host's Network
 * doesn't let receive; absent when it allows everything.
 */
#include "guest.h"

static endpoint from, to;

static void r1(void) {
    result_datagrams received = receive(to.incoming, 10);
    expect(!received.is_error && received.length == 0, "nothing there: an empty list");
    for (int i = 0; i < 3; i++) {
        send_text(from.outgoing, "r1", &to.address);
    }
    ready_in_time(incoming_subscribe(to.incoming));
    received = receive(to.incoming, 0);
    expect(!received.is_error && received.length == 0, "max 0: an empty list");
    uint64_t count = 0;
    while (count < 3 && ready_in_time(incoming_subscribe(to.incoming))) {
        received = receive(to.incoming, 2);
        if (!expect(!received.is_error && received.length <= 2, "at most max")) {
            return;
        }
        count += received.length;
    }
    expect(count == 3, "all of them");
    expect(receive(to.incoming, UINT64_MAX).length == 0, "max is unsigned");
}

static void r3(void) {
    uint8_t every[256];
    for (int i = 0; i < 256; i++) {
        every[i] = (uint8_t)i;
    }
    outgoing_datagram two[] = {datagram(every, 256, &to.address), datagram(NULL, 0, &to.address)};
    send(from.outgoing, two, 2);
    incoming_datagram next;
    expect(next_datagram(to.incoming, &next) && next.length == 256 && equal(next.data, every, 256), "exact bytes");
    expect(same_address(&next.remote_address, &from.address), "the source");
    expect(next_datagram(to.incoming, &next) && next.length == 0, "an empty one is one");
    expect(same_address(&next.remote_address, &from.address), "and has a source");
}

static void r4(void) {
    endpoint unheard = {.socket = create()};
    ip_socket_address deaf = loopback(number_argument("deaf", 0));
    if (!expect(!bind(unheard.socket, &deaf).is_error, "the port can be bound")) {
        return;
    }
    result_streams streams = stream(unheard.socket, NULL);
    unheard.incoming = streams.incoming;
    unheard.outgoing = streams.outgoing;
    expect(send_text(unheard.outgoing, "unheard", &to.address), "it may send");
    send_text(from.outgoing, "heard", &to.address);
    expect(next_is(to.incoming, "heard"), "what the network doesn't allow is dropped");
    close_endpoint(&unheard);
}

static void u3_superseded(void) {
    endpoint socket = open_endpoint(NULL);
    handle readable = incoming_subscribe(socket.incoming), writable = outgoing_subscribe(socket.outgoing);
    expect(!pollable_ready(readable), "nothing to read");
    result_streams newer = stream(socket.socket, &from.address);
    expect(!newer.is_error, "streams again, the old ones still there");
    expect(pollable_ready(readable) && pollable_ready(writable), "P2: superseded streams are ready");
    result_datagrams received = receive(socket.incoming, 1);
    EXPECT_ERROR(received, INVALID_STATE, "the old incoming stream");
    result_u64 result;
    outgoing_check_send(socket.outgoing, &result);
    EXPECT_ERROR(result, INVALID_STATE, "the old outgoing stream");
    expect(send_text(newer.outgoing, "newer", NULL) && next_is(from.incoming, "newer"), "the new ones work");
    pollable_drop(readable);
    pollable_drop(writable);
    incoming_drop(newer.incoming);
    outgoing_drop(newer.outgoing);
    close_endpoint(&socket);
}

static void u4(void) {
    endpoint stranger = open_endpoint(NULL), socket = open_endpoint(NULL);
    for (int i = 0; i < 2; i++) {
        send_text(stranger.outgoing, "stranger", &socket.address);
        send_text(from.outgoing, i == 0 ? "peer" : "peer again", &socket.address);
    }
    expect(ready_in_time(incoming_subscribe(socket.incoming)), "they are queued");
    restream(&socket, &from.address);
    expect(next_is(socket.incoming, "peer") && next_is(socket.incoming, "peer again"), "only the peer's, all of them");
    send_text(stranger.outgoing, "stranger", &socket.address);
    send_text(from.outgoing, "marker", &socket.address);
    expect(next_is(socket.incoming, "marker"), "nor later ones");
    close_endpoint(&socket);
    close_endpoint(&stranger);
}

static void p1(void) {
    handle data = incoming_subscribe(to.incoming), soon = subscribe_duration(1000000),
           never = subscribe_duration(600000000000), writable = outgoing_subscribe(from.outgoing);
    expect(!pollable_ready(data) && !pollable_ready(never), "not ready yet");
    handle early[] = {data, soon, never};
    indices ready;
    poll(early, 3, &ready);
    expect(ready.length == 1 && ready.data[0] == 1, "a clock wakes a poll that waits for a socket");
    send_text(from.outgoing, "p1", &to.address);
    pollable_block(data);
    expect(pollable_ready(data), "block returns when there is something");
    handle late[] = {never, data, writable, data, soon};
    poll(late, 5, &ready);
    expect(ready.length == 4 && ready.data[0] == 1 && ready.data[1] == 2 && ready.data[2] == 3 && ready.data[3] == 4,
           "all that are ready, ascending, one twice");
    expect(next_is(to.incoming, "p1") && !pollable_ready(data), "not ready any more when it is read");
    pollable_drop(data);
    pollable_drop(soon);
    pollable_drop(never);
    pollable_drop(writable);
}

int guest(void) {
    from = open_endpoint(NULL);
    to = open_endpoint(NULL);
    check("R1", r1);
    check("R3", r3);
    if (argument("deaf", NULL) != NULL) {
        check("R4", r4);
    }
    check("U3 superseded", u3_superseded);
    check("U4", u4);
    check("P1", p1);
    return verdict();
}
