/* What check-send and send promise (C1 to C3, S1 to S4, S6, S7). The traps of S5 are in hostile/. */
#include "guest.h"

static endpoint from, to;

static void c1(void) {
    result_u64 result;
    outgoing_check_send(from.outgoing, &result);
    expect(!result.is_error && result.value >= 1 && result.value <= 1024, "a fresh stream permits 1 to 1024");
}

static void c2(void) {
    handle pollable = outgoing_subscribe(from.outgoing);
    expect(permit(from.outgoing) > 0 && pollable_ready(pollable), "check-send and the pollable agree");
    pollable_block(pollable);
    expect(pollable_ready(pollable), "block consumes nothing");
    pollable_drop(pollable);
}

static void c3(void) {
    uint64_t first = permit(from.outgoing);
    expect(permit(from.outgoing) == first, "a second permit replaces the first");
    outgoing_datagram one = text_datagram("c3", &to.address);
    result_u64 sent = send_permitted(from.outgoing, &one, 1);
    expect(!sent.is_error && sent.value == 1 && next_is(to.incoming, "c3"), "the permit is good");
}

static void s1(void) {
    outgoing_datagram three[] = {text_datagram("one", &to.address), text_datagram("two", &to.address),
                                 text_datagram("three", &to.address)};
    result_u64 sent = send(from.outgoing, three, 3);
    expect(!sent.is_error && sent.value == 3, "three are counted");
    expect(next_is(to.incoming, "one") && next_is(to.incoming, "two") && next_is(to.incoming, "three"), "in order");
}

static void s1_survives_drop(void) {
    endpoint brief = open_endpoint(NULL);
    bool sent = send_text(brief.outgoing, "farewell", &to.address);
    close_endpoint(&brief);
    expect(sent && next_is(to.incoming, "farewell"), "what was counted survives the stream");
}

static void s2(void) {
    ip_socket_address nowhere = loopback(0);
    outgoing_datagram three[] = {text_datagram("good", &to.address), text_datagram("bad", &nowhere),
                                 text_datagram("unsent", &to.address)};
    result_u64 sent = send(from.outgoing, three, 3);
    expect(!sent.is_error && sent.value == 1, "the count, not the error of the second");
    sent = send(from.outgoing, three + 1, 2);
    EXPECT_ERROR(sent, INVALID_ARGUMENT, "the rest begins with the error");
    expect(send_text(from.outgoing, "marker", &to.address), "the error doesn't end the stream");
    expect(next_is(to.incoming, "good") && next_is(to.incoming, "marker"), "nothing behind the error was sent");
}

static void s3(void) {
    ip_socket_address nowhere = loopback(0);
    outgoing_datagram two[] = {text_datagram("bad", &nowhere), text_datagram("unsent", &to.address)};
    result_u64 sent = send(from.outgoing, two, 2);
    EXPECT_ERROR(sent, INVALID_ARGUMENT, "the first one's error");
    expect(send_text(from.outgoing, "marker", &to.address) && next_is(to.incoming, "marker"), "nothing was sent");
}

static void s4(void) {
    endpoint fresh = open_endpoint(NULL);
    result_u64 sent = send_permitted(fresh.outgoing, NULL, 0);
    expect(!sent.is_error && sent.value == 0, "an empty list needs no permit");
    permit(fresh.outgoing);
    sent = send_permitted(fresh.outgoing, NULL, 0);
    expect(!sent.is_error && sent.value == 0, "and sends nothing");
    outgoing_datagram one = text_datagram("s4", &to.address);
    sent = send_permitted(fresh.outgoing, &one, 1);
    expect(!sent.is_error && sent.value == 1 && next_is(to.incoming, "s4"), "and spends none");
    close_endpoint(&fresh);
}

/* Lengths that a batching implementation may cut, join or lose. */
static const uint16_t LENGTHS[] = {64, 64, 64, 0, 64, 0, 0, 100, 64, 1, 1, 1400, 1400, 1400, 700, 9000, 1, 0, 64, 64};
enum { COUNT = sizeof LENGTHS / sizeof *LENGTHS };
static uint8_t payload[COUNT][9000];

static void mixed_lengths(endpoint *sender, const ip_socket_address *remote) {
    outgoing_datagram list[COUNT];
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < LENGTHS[i]; j++) {
            payload[i][j] = (uint8_t)(i * 31 + j);
        }
        list[i] = datagram(payload[i], LENGTHS[i], remote);
    }
    for (int done = 0; done < COUNT;) {
        uint64_t permitted = permit(sender->outgoing), rest = COUNT - done;
        result_u64 sent = send_permitted(sender->outgoing, list + done, permitted < rest ? permitted : rest);
        if (!expect(!sent.is_error, "no error")) {
            return;
        }
        done += (int)sent.value;
    }
    for (int i = 0; i < COUNT; i++) {
        incoming_datagram next;
        if (!expect(next_datagram(to.incoming, &next), "every datagram arrives")) {
            return;
        }
        expect(next.length == LENGTHS[i], "boundaries stay");
        expect(equal(next.data, payload[i], LENGTHS[i]), "bytes stay");
        expect(same_address(&next.remote_address, &sender->address), "the source is the sender");
    }
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < LENGTHS[i]; j++) {
            expect(payload[i][j] == (uint8_t)(i * 31 + j), "the sender's memory stays as it was");
        }
    }
}

static void s6(void) {
    mixed_lengths(&from, &to.address);
}

static void s6_with_a_peer(void) {
    endpoint connected = open_endpoint(&to.address);
    mixed_lengths(&connected, NULL);
    close_endpoint(&connected);
}

static void s7(void) {
    char text[] = "mine";
    outgoing_datagram one = text_datagram(text, &to.address);
    result_u64 sent = send(from.outgoing, &one, 1);
    text[0] = 'f';
    expect(!sent.is_error && next_is(to.incoming, "mine"), "the payload is free again when send returns");
}

int guest(void) {
    from = open_endpoint(NULL);
    to = open_endpoint(NULL);
    check("C1", c1);
    check("C2", c2);
    check("C3", c3);
    check("S1", s1);
    check("S1 after drop", s1_survives_drop);
    check("S2", s2);
    check("S3", s3);
    check("S4", s4);
    check("S6", s6);
    check("S6 with a peer", s6_with_a_peer);
    check("S7", s7);
    return verdict();
}
