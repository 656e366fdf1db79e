/*
 * A plug-in whose functions are asynchronous: asks a server on the loopback interface by UDP, and gives back its answer. "ask" is
 * lifted with a callback, and so returns to the host to wait; "ask-blocking" blocks its thread.
 */
#include "wasi03.h"

#define ASKING "example:plugins/asking"
FROM("[export]" ASKING, "[task-return]ask") void return_from_ask(const uint8_t *answer, size_t length);

static uint8_t arguments[1 << 17]; /* room for those of one call, and for the answer */
static size_t used;
static handle socket, set, waiting;
static result_received_03 answer;
static result_void_03 nothing;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size) {
    (void)old, (void)old_size;
    used = (used + alignment - 1) & -alignment;
    void *memory = arguments + used;
    used += size;
    if (used > sizeof arguments) {
        __builtin_trap();
    }
    return memory;
}

static ip_socket_address loopback(int32_t port) {
    return (ip_socket_address){.kind = IPV4, .ipv4 = {(uint16_t)port, {127, 0, 0, 1}}};
}

static void open(int32_t port) {
    result_handle_03 created;
    udp_create(IPV4, &created);
    socket = created.value;
    udp_connect(socket, IPV4, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, &nothing);
    if (created.is_error || nothing.is_error) {
        __builtin_trap();
    }
}

static int32_t end(void) {
    udp_drop(socket);
    if (answer.is_error) {
        __builtin_trap();
    }
    return_from_ask(answer.data, answer.length);
    used = 0;
    return EXIT;
}

EXPORT("[async-lift]" ASKING "#ask") int32_t ask(int32_t port, const uint8_t *question, size_t length) {
    open(port);
    send_parameters parameters = {.self = socket, .data = question, .length = length,
        .remote_address = {.is_some = 1, .value = loopback(port)}};
    uint32_t sent = udp_send_begin(&parameters, &nothing);
    uint32_t received = udp_receive_begin(socket, &answer);
    if (STATE(received) == RETURNED) {
        __builtin_trap(); /* before the question has left */
    }
    set = waitable_set_new();
    waiting = SUBTASK(received);
    waitable_join(waiting, set);
    if (STATE(sent) != RETURNED) {
        waitable_join(SUBTASK(sent), set);
    }
    return WAIT_FOR(set);
}

EXPORT("[callback][async-lift]" ASKING "#ask") int32_t ask_goes_on(int32_t code, handle index, int32_t state) {
    if (code != SUBTASK_EVENT || state != RETURNED) {
        __builtin_trap();
    }
    subtask_drop(index);
    if (index != waiting) {
        return WAIT_FOR(set); /* the question has left */
    }
    waitable_set_drop(set);
    return end();
}

/* A list of two words is returned by its address. */
EXPORT(ASKING "#ask-blocking") void *ask_blocking(int32_t port, const uint8_t *question, size_t length) {
    static struct { const uint8_t *data; size_t length; } list;
    open(port);
    udp_send(socket, question, length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, &nothing);
    udp_receive(socket, &answer);
    udp_drop(socket);
    if (nothing.is_error || answer.is_error) {
        __builtin_trap();
    }
    list.data = answer.data;
    list.length = answer.length;
    used = 0;
    return &list;
}
