/*
 * Talks to echo at port=PORT: waits until it is there, sends count=COUNT (else 100) numbers and sees each of them come
 * back, in order, then tells it to stop. Argument: family.
 */
#include "guest.h"

static endpoint mine;
static handle readable;

/* Sends until the answer is there: the other may not listen yet, and a datagram may be lost. */
static bool exchange(const void *data, size_t length) {
    outgoing_datagram one = datagram(data, length, NULL);
    for (int attempt = 0; attempt < 100; attempt++) {
        send(mine.outgoing, &one, 1);
        handle both[] = {readable, subscribe_duration(100000000)};
        indices ready;
        poll(both, 2, &ready);
        if (ready.data[0] == 0) {
            result_datagrams received = receive(mine.incoming, 16);
            for (size_t i = 0; !received.is_error && i < received.length; i++) {
                if (received.data[i].length == length && equal(received.data[i].data, data, length)) {
                    pollable_drop(both[1]);
                    return true;
                }
            }
            pollable_block(both[1]); /* refused: not there yet */
        }
        pollable_drop(both[1]);
    }
    return false;
}

int guest(void) {
    ip_socket_address echo = loopback(number_argument("port", 7));
    mine = open_endpoint(&echo);
    readable = incoming_subscribe(mine.incoming);
    uint32_t count = number_argument("count", 100);
    for (uint32_t i = 0; i < count; i++) {
        if (!exchange(&i, sizeof i)) {
            say("no echo\n");
            return 1;
        }
    }
    if (!exchange("stop", 4)) {
        return 1;
    }
    say_number(count);
    say(" came back\n");
    return 0;
}
