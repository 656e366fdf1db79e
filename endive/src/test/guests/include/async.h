/* What guests of 0.3 in C stand on: sockets, and waiting for one subtask. */
#ifndef SLUICE_ASYNC_H
#define SLUICE_ASYNC_H

#include "guest.h"
#include "wasi03.h"

/* A socket of 0.3, unbound; or bound to the loopback address and a free port. What can't be had ends the guest. */
handle udp_unbound(void);
handle udp_bound(ip_socket_address *local);
result_void_03 udp_bind_to(handle, const ip_socket_address *);
result_void_03 udp_connect_to(handle, const ip_socket_address *);
/* Sends and waits; a null address means none. */
result_void_03 udp_send_to(handle, const void *data, size_t length, const ip_socket_address *);
/* The parameters of a send to be begun; they and the data must stay until it is over. */
send_parameters udp_sending(handle, const void *data, size_t length, const ip_socket_address *);
/* The next event of a waitable that is in no set, of the kind that is expected; its payload. */
uint32_t event_of(handle waitable, enum event_code);
/* Waits until a begun call is over, and drops its subtask; its last state. */
enum subtask_state finish(uint32_t status);
/* For the result of any function of 0.3. */
#define EXPECT_ERROR_03(result, expected, what) expect((result).is_error && (result).error.code == (expected), what)
#endif
