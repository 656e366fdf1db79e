/* Like "blocking", but its run gives its result by task.return, before its end. */
#include "async.h"

EXPORT("[async-lift-stackful]" RUN_03 "#run") void run_03(void) {
    ip_socket_address here;
    result_received_03 received;
    handle socket = udp_bound(&here);
    if (udp_send_to(socket, "stackful", 8, &here).is_error) {
        return_from_run(1);
        return;
    }
    udp_receive(socket, &received);
    return_from_run(received.is_error);
    say_bytes(received.data, received.length);
    udp_drop(socket);
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
