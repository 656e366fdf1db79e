/*
 * The imports of WASI 0.3 that the guests use, and the built-in functions that come with them, by the names that
 * wit-component gives them. A name that ends in _begin is the asynchronous form of a function: it returns a status.
 */
#ifndef SLUICE_WASI03_H
#define SLUICE_WASI03_H

#include "wasi.h"

/* error-code of wasi:sockets/types: only what differs from 0.2 has a prefix. */
enum error_code_03 {
    ACCESS_DENIED_03, NOT_SUPPORTED_03, INVALID_ARGUMENT_03, OUT_OF_MEMORY_03, TIMEOUT_03, INVALID_STATE_03,
    ADDRESS_NOT_BINDABLE_03, ADDRESS_IN_USE_03, REMOTE_UNREACHABLE_03, CONNECTION_REFUSED_03, CONNECTION_BROKEN_03,
    CONNECTION_RESET_03, CONNECTION_ABORTED_03, DATAGRAM_TOO_LARGE_03, OTHER_03,
};
typedef struct { uint8_t code; struct { uint8_t is_some; string value; } message; } error_03;

/* result<T, error-code> */
typedef struct { uint8_t is_error; error_03 error; } result_void_03;
typedef struct { uint8_t is_error; union { handle value; error_03 error; }; } result_handle_03;
typedef struct { uint8_t is_error; union { uint64_t value; error_03 error; }; } result_u64_03;
typedef struct { uint8_t is_error; union { ip_socket_address value; error_03 error; }; } result_address_03;
typedef struct {
    uint8_t is_error;
    union { struct { uint8_t *data; size_t length; ip_socket_address source; }; error_03 error; };
} result_received_03;
typedef struct { handle stream, future; } stream_and_future;

_Static_assert(sizeof(error_03) == 16 && sizeof(result_void_03) == 20 && sizeof(result_u64_03) == 24, "results of 0.3");
_Static_assert(sizeof(result_address_03) == 36 && sizeof(result_received_03) == 44, "results of 0.3");

/* The parameters of udp-socket.send, which are too many to be passed flat. */
typedef struct {
    handle self;
    const uint8_t *data;
    size_t length;
    option_address remote_address;
} send_parameters;
_Static_assert(sizeof(send_parameters) == 48, "parameters of send");

#define TYPES "wasi:sockets/types@0.3.0"
#define UDP_METHOD "[method]udp-socket."
FROM(TYPES, "[static]udp-socket.create") void udp_create(int32_t family, result_handle_03 *);
FROM(TYPES, "[resource-drop]udp-socket") void udp_drop(handle);
FROM(TYPES, UDP_METHOD "bind") void udp_bind(handle, FLAT_ADDRESS, result_void_03 *);
FROM(TYPES, UDP_METHOD "connect") void udp_connect(handle, FLAT_ADDRESS, result_void_03 *);
FROM(TYPES, UDP_METHOD "disconnect") void udp_disconnect(handle, result_void_03 *);
FROM(TYPES, UDP_METHOD "get-local-address") void udp_local_address(handle, result_address_03 *);
FROM(TYPES, UDP_METHOD "get-remote-address") void udp_remote_address(handle, result_address_03 *);
FROM(TYPES, UDP_METHOD "send")
void udp_send(handle, const void *, size_t, int32_t is_some, FLAT_ADDRESS, result_void_03 *);
FROM(TYPES, "[async-lower]" UDP_METHOD "send") uint32_t udp_send_begin(const send_parameters *, result_void_03 *);
FROM(TYPES, UDP_METHOD "receive") void udp_receive(handle, result_received_03 *);
FROM(TYPES, "[async-lower]" UDP_METHOD "receive") uint32_t udp_receive_begin(handle, result_received_03 *);

#define CLOCK "wasi:clocks/monotonic-clock@0.3.0"
FROM(CLOCK, "wait-for") void wait_for(uint64_t nanoseconds);
FROM(CLOCK, "[async-lower]wait-for") uint32_t wait_for_begin(uint64_t nanoseconds);

#define LOOKUP "wasi:sockets/ip-name-lookup@0.3.0"
typedef struct { uint8_t is_error; union { struct { uint8_t *data; size_t length; }; error_03 error; }; } result_addresses_03;
FROM(LOOKUP, "resolve-addresses") void resolve_addresses(const char *, size_t, result_addresses_03 *);

#define STDIN "wasi:cli/stdin@0.3.0"
#define STDOUT "wasi:cli/stdout@0.3.0"
FROM(STDIN, "read-via-stream") void stdin_read(stream_and_future *);
FROM(STDOUT, "write-via-stream") handle stdout_write(handle stream);

/* stream<u8>: the first of the streams and futures in the type of write-via-stream; the second is its future. */
#define OF_BYTES(operation) FROM(STDOUT, operation "write-via-stream")
OF_BYTES("[stream-new-0]") uint64_t bytes_new(void);
OF_BYTES("[async-lower][stream-read-0]") uint32_t bytes_read_begin(handle, void *, size_t);
OF_BYTES("[async-lower][stream-write-0]") uint32_t bytes_write_begin(handle, const void *, size_t);
OF_BYTES("[stream-read-0]") uint32_t bytes_read(handle, void *, size_t);
OF_BYTES("[stream-write-0]") uint32_t bytes_write(handle, const void *, size_t);
OF_BYTES("[stream-cancel-read-0]") uint32_t bytes_cancel_read(handle);
OF_BYTES("[stream-cancel-write-0]") uint32_t bytes_cancel_write(handle);
OF_BYTES("[stream-drop-readable-0]") void bytes_drop_readable(handle);
OF_BYTES("[stream-drop-writable-0]") void bytes_drop_writable(handle);
OF_BYTES("[future-new-1]") uint64_t outcome_new(void);
OF_BYTES("[future-read-1]") uint32_t outcome_read(handle, void *);
OF_BYTES("[async-lower][future-read-1]") uint32_t outcome_read_begin(handle, void *);
OF_BYTES("[async-lower][future-write-1]") uint32_t outcome_write_begin(handle, const void *);
OF_BYTES("[future-drop-readable-1]") void outcome_drop_readable(handle);
OF_BYTES("[future-drop-writable-1]") void outcome_drop_writable(handle);

enum copy_result { COMPLETED, DROPPED, CANCELLED };
#define BLOCKED 0xffffffffu
#define COPIED(count, result) ((uint32_t)(count) << 4 | (result))

/* Subtasks: a status is a state, and above its four bits the subtask's handle. */
enum subtask_state { STARTING, STARTED, RETURNED, CANCELLED_BEFORE_STARTED, CANCELLED_BEFORE_RETURNED };
#define STATE(status) ((status) & 0xf)
#define SUBTASK(status) ((handle)((status) >> 4))

enum event_code { NO_EVENT, SUBTASK_EVENT, STREAM_READ, STREAM_WRITE, FUTURE_READ, FUTURE_WRITE };
typedef struct { uint32_t index, payload; } event_payload;

FROM("$root", "[waitable-set-new]") handle waitable_set_new(void);
FROM("$root", "[waitable-set-wait]") uint32_t waitable_set_wait(handle, event_payload *);
FROM("$root", "[waitable-set-poll]") uint32_t waitable_set_poll(handle, event_payload *);
FROM("$root", "[waitable-set-drop]") void waitable_set_drop(handle);
FROM("$root", "[waitable-join]") void waitable_join(handle waitable, handle set);
FROM("$root", "[subtask-cancel]") uint32_t subtask_cancel(handle);
FROM("$root", "[async-lower][subtask-cancel]") uint32_t subtask_cancel_begin(handle);
FROM("$root", "[subtask-drop]") void subtask_drop(handle);
FROM("$root", "[context-get-0]") int32_t context_get(void);
FROM("$root", "[context-set-0]") void context_set(int32_t);
FROM("$root", "[thread-yield]") int32_t thread_yield(void);
FROM("[export]$root", "[task-cancel]") void task_cancel(void);

/* run of 0.3. */
#define RUN_03 "wasi:cli/run@0.3.0"
FROM("[export]" RUN_03, "[task-return]run") void return_from_run(int32_t is_error);
enum callback_code { EXIT, YIELD, WAIT };
#define WAIT_FOR(set) (WAIT | (set) << 4)
#endif
