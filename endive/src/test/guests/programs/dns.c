/*
 * Asks a DNS server for the A records of a name, and prints them: "NAME A 192.0.2.7". Asks again after a second without
 * an answer, five times at most. Arguments: family, server=ADDRESS (else loopback), port=PORT (else 53), name=NAME.
 */
#include "guest.h"

static uint8_t *put16(uint8_t *at, uint16_t value) {
    at[0] = value >> 8;
    at[1] = (uint8_t)value;
    return at + 2;
}

static uint16_t get16(const uint8_t *at) {
    return (uint16_t)(at[0] << 8 | at[1]);
}

static size_t question(uint8_t query[512], uint16_t id, const char *name) {
    uint8_t *at = put16(query, id);
    at = put16(at, 0x0100); /* recursion desired */
    at = put16(at, 1);
    for (int i = 0; i < 3; i++) {
        at = put16(at, 0);
    }
    while (*name != 0 && at < query + 440) {
        uint8_t *label = at++;
        while (*name != 0 && *name != '.' && at - label < 64) {
            *at++ = *name++;
        }
        *label = (uint8_t)(at - label - 1);
        name += *name == '.';
    }
    *at++ = 0;
    at = put16(at, 1);
    at = put16(at, 1);
    return at - query;
}

/* Behind a name, which ends with an empty label or a pointer to an earlier name (RFC 1035, 4.1.4). */
static size_t skip_name(const uint8_t *reply, size_t at, size_t end) {
    while (at < end && reply[at] != 0) {
        if (reply[at] >= 0xc0) {
            return at + 2;
        }
        at += reply[at] + 1;
    }
    return at + 1;
}

static bool print_answers(const uint8_t *reply, size_t end, const char *name) {
    size_t at = 12;
    for (int i = get16(reply + 4); i > 0; i--) {
        at = skip_name(reply, at, end) + 4;
    }
    bool any = false;
    for (int i = get16(reply + 6); i > 0; i--) {
        at = skip_name(reply, at, end);
        if (at + 10 > end || at + 10 + get16(reply + at + 8) > end) {
            return false;
        }
        if (get16(reply + at) == 1 && get16(reply + at + 8) == 4) {
            say(name);
            say(" A");
            for (int j = 0; j < 4; j++) {
                say(j == 0 ? " " : ".");
                say_number(reply[at + 10 + j]);
            }
            say("\n");
            any = true;
        }
        at += 10 + get16(reply + at + 8);
    }
    return any;
}

int guest(void) {
    const char *name = argument("name", "localhost"), *text = argument("server", NULL);
    uint16_t port = number_argument("port", 53);
    ip_socket_address server = text == NULL ? loopback(port) : parse_address(text, port);
    handle socket = create();
    ip_socket_address any = unspecified(0);
    if (bind(socket, &any).is_error) {
        give_up("can't bind");
    }
    result_streams streams = stream(socket, &server);
    if (streams.is_error) {
        give_up("the server can't be a peer");
    }
    uint8_t query[512];
    uint16_t id = (uint16_t)get_random_u64();
    outgoing_datagram asked = datagram(query, question(query, id, name), NULL);
    handle readable = incoming_subscribe(streams.incoming);
    for (int attempt = 0; attempt < 5; attempt++) {
        send(streams.outgoing, &asked, 1); /* an error is told by the next attempt's silence */
        handle both[] = {readable, subscribe_duration(1000000000)};
        indices ready;
        poll(both, 2, &ready);
        pollable_drop(both[1]);
        result_datagrams received = receive(streams.incoming, 16);
        for (size_t i = 0; !received.is_error && i < received.length; i++) {
            incoming_datagram reply = received.data[i];
            if (reply.length >= 12 && get16(reply.data) == id && (reply.data[2] & 0x80) != 0) {
                if (print_answers(reply.data, reply.length, name)) {
                    return 0;
                }
                say(name);
                say(" has no address\n");
                return 1;
            }
        }
    }
    say("no answer\n");
    return 1;
}
