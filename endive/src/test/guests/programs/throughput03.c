/*
 * Sends by WASI 0.3, datagram by datagram: count=COUNT of size=BYTES (else 64), of which list=LENGTH (else 128, at most 512)
 * are begun before the first is waited for, to port=PORT, and prints the nanoseconds that one took, round by round: a line each
 * for rounds=ROUNDS. to=ADDRESS if not loopback; connected=no to give each datagram its address; paced=yes to await a line on
 * the standard input before each round.
 */
#include "async.h"

enum { MOST = 512 };

static uint8_t payload[2048];
static send_parameters parameters[MOST];
static result_void_03 results[MOST];

/* False at the end of the input. */
static bool await_line(void) {
    handle in = get_stdin();
    result_bytes result;
    do {
        input_read(in, 1, &result);
    } while (!result.is_error && (result.length == 0 || result.data[0] != '\n'));
    return !result.is_error;
}

static void send_all(handle set, uint32_t count) {
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t status = udp_send_begin(&parameters[i], &results[i]);
        if (STATE(status) != RETURNED) {
            waitable_join(SUBTASK(status), set);
            waiting++;
        }
    }
    for (; waiting > 0; waiting--) {
        event_payload event;
        waitable_set_wait(set, &event);
        subtask_drop(event.index);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (results[i].is_error) {
            give_up("send failed");
        }
    }
}

EXPORT("[async-lift]" RUN_03 "#run") int32_t run_03(void) {
    uint64_t count = number_argument("count", 100000), rounds = number_argument("rounds", 5);
    uint32_t length = number_argument("list", 128), size = number_argument("size", 64);
    const char *text = argument("to", NULL);
    uint16_t port = number_argument("port", 9);
    ip_socket_address to = text == NULL ? loopback(port) : parse_address(text, port);
    bool paced = equal(argument("paced", "no"), "yes", 3);
    bool connected = !equal(argument("connected", "yes"), "no", 2);
    handle socket = udp_unbound(), set = waitable_set_new();
    if (length > MOST || size > sizeof payload || (connected && udp_connect_to(socket, &to).is_error)) {
        give_up("can't begin");
    }
    for (uint32_t i = 0; i < length; i++) {
        parameters[i] = udp_sending(socket, payload, size, connected ? NULL : &to);
    }
    for (; rounds > 0 && (!paced || await_line()); rounds--) {
        uint64_t begin = monotonic_now();
        for (uint64_t sent = 0; sent < count; sent += length) {
            send_all(set, length);
        }
        say_number((monotonic_now() - begin) / count);
        say("\n");
    }
    return_from_run(0);
    return EXIT;
}

EXPORT("[callback][async-lift]" RUN_03 "#run") int32_t run_03_callback(int32_t code, int32_t index, int32_t what) {
    (void)code, (void)index, (void)what;
    __builtin_trap(); /* it never waits that way */
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
