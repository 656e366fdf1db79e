/*
 * Breaks the rules of permits and handles: each of these must trap. The argument trap=NAME says which; "about to" is the
 * last that should be heard of it.
 */
#include "guest.h"

static endpoint mine;
static handle network;
static int32_t flat[12];
static result_void nothing;
static result_u64 number;

static void send_one(void) {
    outgoing_datagram one = text_datagram("never", &mine.address);
    outgoing_send(mine.outgoing, &one, 1, &number);
}

static void send_unpermitted(void) {
    send_one();
}

static void send_too_many(void) {
    static outgoing_datagram list[1025];
    uint64_t permitted = permit(mine.outgoing);
    for (uint64_t i = 0; i <= permitted; i++) {
        list[i] = text_datagram("never", &mine.address);
    }
    outgoing_send(mine.outgoing, list, permitted + 1, &number);
}

static void send_spent(void) {
    permit(mine.outgoing);
    send_one();
    send_one();
}

static void send_spent_by_refusal(void) {
    permit(mine.outgoing);
    outgoing_datagram bad = text_datagram("never", NULL);
    outgoing_send(mine.outgoing, &bad, 1, &number);
    if (!number.is_error) {
        return;
    }
    send_one();
}

static void unknown_handle(void) { socket_address_family(12345); }

static void zero_handle(void) { socket_address_family(0); }

static void negative_handle(void) { socket_address_family(-1); }

static void dropped_handle(void) {
    handle socket = create();
    socket_drop(socket);
    socket_address_family(socket);
}

static void dropped_twice(void) {
    handle socket = create();
    socket_drop(socket);
    socket_drop(socket);
}

static void foreign_handle(void) { socket_address_family(mine.outgoing); }

static void foreign_drop(void) { incoming_drop(mine.outgoing); }

static void foreign_network(void) { socket_start_bind(create(), mine.socket, FLAT(flat), &nothing); }

static void socket_before_streams(void) { socket_drop(mine.socket); }

static void socket_before_pollable(void) {
    handle socket = create();
    socket_subscribe(socket);
    socket_drop(socket);
}

static void incoming_before_pollable(void) {
    incoming_subscribe(mine.incoming);
    incoming_drop(mine.incoming);
}

static void outgoing_before_pollable(void) {
    outgoing_subscribe(mine.outgoing);
    outgoing_drop(mine.outgoing);
}

static void poll_nothing(void) {
    indices ready;
    poll(&network, 0, &ready);
}

static void poll_dropped(void) {
    handle two[] = {subscribe_duration(0), subscribe_duration(0)};
    indices ready;
    pollable_drop(two[1]);
    poll(two, 2, &ready);
}

static void poll_foreign(void) {
    indices ready;
    poll(&mine.socket, 1, &ready);
}

static void unknown_family(void) {
    result_handle socket;
    create_udp_socket(2, &socket);
}

static void unknown_address_kind(void) {
    flat[0] = 2;
    socket_start_bind(create(), network, FLAT(flat), &nothing);
}

static void unknown_option(void) {
    permit(mine.outgoing);
    outgoing_datagram bad = text_datagram("never", &mine.address);
    bad.remote_address.is_some = 2;
    outgoing_send(mine.outgoing, &bad, 1, &number);
}

static void unreachable(void) { __builtin_trap(); }

static const struct { const char *name; void (*spring)(void); } TRAPS[] = {
    {"send-unpermitted", send_unpermitted},
    {"send-too-many", send_too_many},
    {"send-spent", send_spent},
    {"send-spent-by-refusal", send_spent_by_refusal},
    {"unknown-handle", unknown_handle},
    {"zero-handle", zero_handle},
    {"negative-handle", negative_handle},
    {"dropped-handle", dropped_handle},
    {"dropped-twice", dropped_twice},
    {"foreign-handle", foreign_handle},
    {"foreign-drop", foreign_drop},
    {"foreign-network", foreign_network},
    {"socket-before-streams", socket_before_streams},
    {"socket-before-pollable", socket_before_pollable},
    {"incoming-before-pollable", incoming_before_pollable},
    {"outgoing-before-pollable", outgoing_before_pollable},
    {"poll-nothing", poll_nothing},
    {"poll-dropped", poll_dropped},
    {"poll-foreign", poll_foreign},
    {"unknown-family", unknown_family},
    {"unknown-address-kind", unknown_address_kind},
    {"unknown-option", unknown_option},
    {"unreachable", unreachable},
};

int guest(void) {
    const char *name = argument("trap", "");
    mine = open_endpoint(NULL);
    network = instance_network();
    flatten(&mine.address, flat);
    flat[1] = 0;
    for (size_t i = 0; i < sizeof TRAPS / sizeof *TRAPS; i++) {
        if (equal(name, TRAPS[i].name, text_length(TRAPS[i].name) + 1)) {
            say("at port ");
            say_number(port_of(&mine.address));
            say(", about to\n");
            TRAPS[i].spring();
            say("survived\n");
            return 0;
        }
    }
    say("no such trap\n");
    return 1;
}
