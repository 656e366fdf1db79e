/* Sends back whatever arrives at port=PORT of the loopback address, until that is "stop". Argument: family. */
#include "guest.h"

int guest(void) {
    handle socket = create();
    ip_socket_address address = loopback(number_argument("port", 7));
    if (bind(socket, &address).is_error) {
        give_up("can't bind");
    }
    result_streams streams = stream(socket, NULL);
    handle readable = incoming_subscribe(streams.incoming);
    uint64_t count = 0;
    for (;;) {
        pollable_block(readable);
        result_datagrams received = receive(streams.incoming, 64);
        if (received.is_error) {
            give_up("receive failed");
        }
        for (size_t i = 0; i < received.length; i++, count++) {
            incoming_datagram in = received.data[i];
            outgoing_datagram back = datagram(in.data, in.length, &in.remote_address);
            if (send(streams.outgoing, &back, 1).is_error) {
                give_up("send failed");
            }
            if (in.length == 4 && equal(in.data, "stop", 4)) {
                say_number(count);
                say(" echoed\n");
                return 0;
            }
        }
        forget_memory();
    }
}
