/* Sends itself a datagram by WASI 0.3. Its run is asynchronous in WIT and synchronous in the core: it blocks its thread. */
#include "async.h"

EXPORT(RUN_03 "#run") int32_t run_03(void) {
    ip_socket_address here;
    result_received_03 received;
    handle socket = udp_bound(&here);
    wait_for(1000000);
    if (udp_send_to(socket, "blocking", 8, &here).is_error) {
        return 1;
    }
    udp_receive(socket, &received);
    say_bytes(received.data, received.length);
    udp_drop(socket);
    return received.is_error;
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
