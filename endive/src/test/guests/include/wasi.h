/*
 * The imports of WASI 0.2 that the guests use, as the canonical ABI flattens them, and the records they exchange, laid
 * out as it lays them out in memory. Functions carry the names of the WIT; a result that doesn't fit in one value is
 * written to the address given last.
 */
#ifndef SLUICE_WASI_H
#define SLUICE_WASI_H

#include <stddef.h>
#include <stdint.h>

#define FROM(interface, function) __attribute__((import_module(interface), import_name(function)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef int32_t handle;

enum error_code {
    UNKNOWN, ACCESS_DENIED, NOT_SUPPORTED, INVALID_ARGUMENT, OUT_OF_MEMORY, TIMEOUT, CONCURRENCY_CONFLICT,
    NOT_IN_PROGRESS, WOULD_BLOCK, INVALID_STATE, NEW_SOCKET_LIMIT, ADDRESS_NOT_BINDABLE, ADDRESS_IN_USE,
    REMOTE_UNREACHABLE, CONNECTION_REFUSED, CONNECTION_RESET, CONNECTION_ABORTED, DATAGRAM_TOO_LARGE,
    NAME_UNRESOLVABLE, TEMPORARY_RESOLVER_FAILURE, PERMANENT_RESOLVER_FAILURE,
};

enum ip_address_family { IPV4, IPV6 };

typedef struct {
    uint8_t kind; /* ip_address_family */
    union {
        struct { uint16_t port; uint8_t address[4]; } ipv4;
        struct { uint16_t port; uint32_t flow_info; uint16_t address[8]; uint32_t scope_id; } ipv6;
    };
} ip_socket_address;

typedef struct { uint8_t is_some; ip_socket_address value; } option_address;
typedef struct { const uint8_t *data; size_t length; option_address remote_address; } outgoing_datagram;
typedef struct { uint8_t *data; size_t length; ip_socket_address remote_address; } incoming_datagram;
typedef struct { char *data; size_t length; } string;
typedef struct { string *data; size_t length; } strings;
typedef struct { uint32_t *data; size_t length; } indices;

/* result<T, error-code>: if is_error, error; else the value. */
typedef struct { uint8_t is_error; uint8_t error; } result_void;
typedef struct { uint8_t is_error; union { uint8_t value; uint8_t error; }; } result_u8;
typedef struct { uint8_t is_error; union { uint64_t value; uint8_t error; }; } result_u64;
typedef struct { uint8_t is_error; union { handle value; uint8_t error; }; } result_handle;
typedef struct { uint8_t is_error; union { struct { handle incoming, outgoing; }; uint8_t error; }; } result_streams;
typedef struct { uint8_t is_error; union { ip_socket_address value; uint8_t error; }; } result_address;
typedef struct {
    uint8_t is_error;
    union { struct { incoming_datagram *data; size_t length; }; uint8_t error; };
} result_datagrams;
/* result<list<u8>, stream-error> */
typedef struct {
    uint8_t is_error;
    union { struct { uint8_t *data; size_t length; }; struct { uint8_t kind; handle cause; }; };
} result_bytes;
/* result<_, stream-error> */
typedef struct { uint8_t is_error; union { uint32_t none; struct { uint8_t kind; handle cause; }; }; } result_stream;

_Static_assert(sizeof(ip_socket_address) == 32 && offsetof(ip_socket_address, ipv6.address) == 12, "ip-socket-address");
_Static_assert(offsetof(ip_socket_address, ipv4.address) == 6 && offsetof(ip_socket_address, ipv6.scope_id) == 28, "");
_Static_assert(sizeof(outgoing_datagram) == 44 && offsetof(outgoing_datagram, remote_address.value) == 12, "outgoing");
_Static_assert(sizeof(incoming_datagram) == 40 && sizeof(option_address) == 36, "incoming-datagram");
_Static_assert(sizeof(result_void) == 2 && sizeof(result_u8) == 2 && offsetof(result_u64, value) == 8, "result");
_Static_assert(sizeof(result_handle) == 8 && sizeof(result_streams) == 12 && sizeof(result_address) == 36, "result");
_Static_assert(sizeof(result_stream) == 12 && sizeof(result_bytes) == 12 && offsetof(result_bytes, length) == 8, "stream");

/* The 12 values an ip-socket-address flattens to, as parameters and as arguments. */
#define FLAT_ADDRESS \
    int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t
#define FLAT(a) a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]

#define NETWORK "wasi:sockets/network@0.2.0"
#define INSTANCE "wasi:sockets/instance-network@0.2.0"
#define CREATE "wasi:sockets/udp-create-socket@0.2.0"
#define UDP "wasi:sockets/udp@0.2.0"
#define POLL "wasi:io/poll@0.2.0"
#define STREAMS "wasi:io/streams@0.2.0"
#define MONOTONIC "wasi:clocks/monotonic-clock@0.2.0"

FROM(INSTANCE, "instance-network") handle instance_network(void);
FROM(NETWORK, "[resource-drop]network") void network_drop(handle);

FROM(CREATE, "create-udp-socket") void create_udp_socket(int32_t family, result_handle *);
FROM(UDP, "[resource-drop]udp-socket") void socket_drop(handle);
FROM(UDP, "[method]udp-socket.start-bind") void socket_start_bind(handle, handle network, FLAT_ADDRESS, result_void *);
FROM(UDP, "[method]udp-socket.finish-bind") void socket_finish_bind(handle, result_void *);
FROM(UDP, "[method]udp-socket.stream") void socket_stream(handle, int32_t is_some, FLAT_ADDRESS, result_streams *);
FROM(UDP, "[method]udp-socket.local-address") void socket_local_address(handle, result_address *);
FROM(UDP, "[method]udp-socket.remote-address") void socket_remote_address(handle, result_address *);
FROM(UDP, "[method]udp-socket.address-family") int32_t socket_address_family(handle);
FROM(UDP, "[method]udp-socket.unicast-hop-limit") void socket_unicast_hop_limit(handle, result_u8 *);
FROM(UDP, "[method]udp-socket.set-unicast-hop-limit") void socket_set_unicast_hop_limit(handle, int32_t, result_void *);
FROM(UDP, "[method]udp-socket.receive-buffer-size") void socket_receive_buffer_size(handle, result_u64 *);
FROM(UDP, "[method]udp-socket.set-receive-buffer-size")
void socket_set_receive_buffer_size(handle, uint64_t, result_void *);
FROM(UDP, "[method]udp-socket.send-buffer-size") void socket_send_buffer_size(handle, result_u64 *);
FROM(UDP, "[method]udp-socket.set-send-buffer-size") void socket_set_send_buffer_size(handle, uint64_t, result_void *);
FROM(UDP, "[method]udp-socket.subscribe") handle socket_subscribe(handle);

FROM(UDP, "[resource-drop]incoming-datagram-stream") void incoming_drop(handle);
FROM(UDP, "[method]incoming-datagram-stream.receive") void incoming_receive(handle, uint64_t max, result_datagrams *);
FROM(UDP, "[method]incoming-datagram-stream.subscribe") handle incoming_subscribe(handle);

FROM(UDP, "[resource-drop]outgoing-datagram-stream") void outgoing_drop(handle);
FROM(UDP, "[method]outgoing-datagram-stream.check-send") void outgoing_check_send(handle, result_u64 *);
FROM(UDP, "[method]outgoing-datagram-stream.send")
void outgoing_send(handle, const outgoing_datagram *, size_t, result_u64 *);
FROM(UDP, "[method]outgoing-datagram-stream.subscribe") handle outgoing_subscribe(handle);

FROM(POLL, "[resource-drop]pollable") void pollable_drop(handle);
FROM(POLL, "[method]pollable.ready") int32_t pollable_ready(handle);
FROM(POLL, "[method]pollable.block") void pollable_block(handle);
FROM(POLL, "poll") void poll(const handle *, size_t, indices *);

FROM(MONOTONIC, "now") uint64_t monotonic_now(void);
FROM(MONOTONIC, "subscribe-duration") handle subscribe_duration(uint64_t nanoseconds);
FROM("wasi:random/random@0.2.0", "get-random-u64") uint64_t get_random_u64(void);

FROM("wasi:cli/environment@0.2.0", "get-arguments") void get_arguments(strings *);
FROM("wasi:cli/stdin@0.2.0", "get-stdin") handle get_stdin(void);
FROM("wasi:cli/stdout@0.2.0", "get-stdout") handle get_stdout(void);
FROM(STREAMS, "[method]input-stream.blocking-read") void input_read(handle, uint64_t most, result_bytes *);
FROM(STREAMS, "[method]output-stream.blocking-write-and-flush")
void output_write(handle, const char *, size_t, result_stream *);
FROM(STREAMS, "[resource-drop]output-stream") void output_drop(handle);
FROM("wasi:io/error@0.2.0", "[resource-drop]error") void error_drop(handle);
#endif
