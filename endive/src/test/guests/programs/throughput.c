/*
 * Sends count=COUNT datagrams of size=BYTES (else 64) in lists of list=LENGTH (else 128, at most 1024) to port=PORT, and
 * prints the nanoseconds that one took, round by round: a line each for rounds=ROUNDS. to=ADDRESS if not loopback;
 * connected=no to give each datagram its address; paced=yes to await a line on the standard input before each round.
 */
#include "guest.h"

static uint8_t payloads[1024][2048];
static outgoing_datagram list[1024];

/* False at the end of the input. */
static bool await_line(void) {
    handle in = get_stdin();
    result_bytes result;
    do {
        input_read(in, 1, &result);
    } while (!result.is_error && (result.length == 0 || result.data[0] != '\n'));
    return !result.is_error;
}

int guest(void) {
    uint64_t count = number_argument("count", 100000), rounds = number_argument("rounds", 5);
    uint32_t length = number_argument("list", 128), size = number_argument("size", 64);
    const char *text = argument("to", NULL);
    uint16_t port = number_argument("port", 9);
    ip_socket_address to = text == NULL ? loopback(port) : parse_address(text, port);
    bool paced = equal(argument("paced", "no"), "yes", 3);
    bool connected = !equal(argument("connected", "yes"), "no", 2);
    handle socket = create();
    ip_socket_address any = unspecified(0);
    if (length > 1024 || size > 2048 || bind(socket, &any).is_error) {
        give_up("can't begin");
    }
    handle outgoing = stream(socket, connected ? &to : NULL).outgoing;
    for (uint32_t i = 0; i < length; i++) {
        list[i] = datagram(payloads[i], size, connected ? NULL : &to);
    }
    for (; rounds > 0 && (!paced || await_line()); rounds--) {
        uint64_t begin = monotonic_now(), sent = 0;
        while (sent < count) {
            uint64_t permitted = permit(outgoing), rest = count - sent;
            rest = rest < length ? rest : length;
            result_u64 result = send_permitted(outgoing, list, permitted < rest ? permitted : rest);
            if (result.is_error) {
                give_up("send failed");
            }
            sent += result.value;
        }
        say_number((monotonic_now() - begin) / count);
        say("\n");
    }
    return 0;
}
