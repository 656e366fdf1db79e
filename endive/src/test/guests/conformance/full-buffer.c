/*
 * What check-send and the pollable say while the send buffer is full (C2, C4, S1), to a peer behind a link that is slow
 * enough. peer= and port= say where, datagrams= how many. When it is about to wait it prints "waiting", and the link may
 * open. The bytes of datagram n are its number, big endian, again and again.
 */
#include "guest.h"

enum { SIZE = 1000, MOST_AT_ONCE = 256 };

static endpoint from;
static uint32_t total, counted;
static uint8_t payloads[MOST_AT_ONCE][SIZE];

/* The next ones, as many as are permitted and left. Returns whether all that were given were taken. */
static bool send_some(uint64_t permitted) {
    outgoing_datagram list[MOST_AT_ONCE];
    uint64_t count = total - counted;
    count = count < permitted ? count : permitted;
    count = count < MOST_AT_ONCE ? count : MOST_AT_ONCE;
    for (uint32_t i = 0; i < count; i++) {
        for (int j = 0; j < SIZE; j++) {
            payloads[i][j] = (uint8_t)((counted + i) >> 8 * (3 - j % 4));
        }
        list[i] = datagram(payloads[i], SIZE, NULL);
    }
    result_u64 sent = send_permitted(from.outgoing, list, count);
    if (sent.is_error || sent.value > count) {
        give_up("send failed");
    }
    counted += (uint32_t)sent.value;
    return sent.value == count;
}

static uint64_t check_send(void) {
    result_u64 result;
    outgoing_check_send(from.outgoing, &result);
    if (result.is_error) {
        give_up("check-send failed");
    }
    return result.value;
}

static void c4(void) {
    uint64_t permitted = check_send();
    while (permitted > 0 && counted < total) {
        bool all = send_some(permitted);
        permitted = check_send();
        expect(all || permitted == 0, "a send that took fewer than it was given closes the gate");
    }
    expect(permitted == 0 && counted > 0 && counted < total, "the buffer is full");
    expect(check_send() == 0, "asking changes nothing");
}

static void c2_closed(void) {
    handle both[] = {outgoing_subscribe(from.outgoing), subscribe_duration(0)};
    indices ready;
    expect(!pollable_ready(both[0]), "the pollable isn't ready");
    poll(both, 2, &ready);
    expect(ready.length == 1 && ready.data[0] == 1, "poll finds the clock ready, and nothing else");
    expect(check_send() == 0, "and check-send agrees");
    pollable_drop(both[0]);
    pollable_drop(both[1]);
}

static void c2_opened(void) {
    uint64_t hour = 3600 * UINT64_C(1000000000);
    handle both[] = {subscribe_duration(hour), outgoing_subscribe(from.outgoing)};
    indices ready;
    say("waiting\n");
    poll(both, 2, &ready);
    expect(ready.length == 1 && ready.data[0] == 1, "poll returns for the stream");
    expect(pollable_ready(both[1]), "the pollable is ready");
    if (expect(check_send() > 0, "and check-send agrees")) {
        expect(send_some(1), "the kernel keeps what is permitted");
    }
    pollable_drop(both[0]);
    pollable_drop(both[1]);
}

static void s1(void) {
    while (counted < total) {
        send_some(permit(from.outgoing));
    }
    expect(counted == total, "all are counted");
}

int guest(void) {
    total = (uint32_t)number_argument("datagrams", 600);
    ip_socket_address any = unspecified(0);
    ip_socket_address peer = parse_address(argument("peer", ""), (uint16_t)number_argument("port", 0));
    from.socket = create();
    from.incoming = -1;
    if (bind(from.socket, &any).is_error) {
        give_up("can't bind");
    }
    restream(&from, &peer);
    check("C4", c4);
    check("C2 while closed", c2_closed);
    check("C2 once opened", c2_opened);
    check("S1", s1);
    return verdict();
}
