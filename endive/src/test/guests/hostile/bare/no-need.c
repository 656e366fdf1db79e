/* Exports no cabi_realloc and needs none: it must run, and send "unallocated" to 127.0.0.1:9. */
#include "wasi.h"

static const ip_socket_address TO = {.kind = IPV4, .ipv4 = {9, {127, 0, 0, 1}}};

EXPORT("wasi:cli/run@0.2.0#run") int32_t run(void) {
    result_handle socket;
    result_void bound;
    result_streams streams;
    result_u64 count;
    create_udp_socket(IPV4, &socket);
    socket_start_bind(socket.value, instance_network(), 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, &bound);
    socket_finish_bind(socket.value, &bound);
    socket_stream(socket.value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, &streams);
    outgoing_datagram one = {(const uint8_t *)"unallocated", 11, {1, TO}};
    outgoing_check_send(streams.outgoing, &count);
    outgoing_send(streams.outgoing, &one, 1, &count);
    return count.is_error || count.value != 1;
}
