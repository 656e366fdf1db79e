/* What every guest in C stands on: an allocator, output, arguments, and short forms of the calls it makes most. */
#ifndef SLUICE_GUEST_H
#define SLUICE_GUEST_H

#include "wasi.h"
#include <stdbool.h>

/* What the guest does; 0 is success. Called by the exported run. */
int guest(void);

/* Memory from a bump allocator, which cabi_realloc uses too; forget_memory makes all of it free again. */
void *allocate(size_t bytes, size_t alignment);
void forget_memory(void);

/* Output, and arguments of the form name=value. */
void say(const char *text);
void say_bytes(const void *bytes, size_t length);
void say_number(uint64_t number);
uint32_t text_length(const char *text);
bool equal(const void *a, const void *b, size_t length);
const char *argument(const char *name, const char *otherwise);
uint64_t number_argument(const char *name, uint64_t otherwise);

/*
 * Rules: check runs one, and prints "ID ok" or "ID FAILED: what"; verdict is what guest() returns in the end. With the
 * argument only=ID the others are passed over.
 */
void check(const char *rule, void (*body)(void));
bool expect(bool condition, const char *what);
/* For the result of any function. */
#define EXPECT_ERROR(result, code, what) expect((result).is_error && (result).error == (code), what)
int verdict(void);
/* Ends the guest, when it can't go on. */
_Noreturn void give_up(const char *why);

/* Addresses, of the family that the argument "family" names. */
enum ip_address_family family(void);
enum ip_address_family other_family(void);
ip_socket_address loopback_of(enum ip_address_family, uint16_t port);
ip_socket_address loopback(uint16_t port);
ip_socket_address unspecified(uint16_t port);
/* The numeric address in a text: a.b.c.d, or eight groups of v6 in hexadecimal. */
ip_socket_address parse_address(const char *text, uint16_t port);
uint16_t port_of(const ip_socket_address *);
void set_port(ip_socket_address *, uint16_t port);
bool same_address(const ip_socket_address *, const ip_socket_address *);
void flatten(const ip_socket_address *, int32_t flat[12]);

/* Sockets. What can't be had ends the guest. */
typedef struct { handle socket, incoming, outgoing; ip_socket_address address; } endpoint;
handle create(void);
result_void bind(handle socket, const ip_socket_address *address);
result_streams stream(handle socket, const ip_socket_address *peer);
ip_socket_address local_address(handle socket);
/* A socket bound to the loopback address and a free port; with streams, to a peer or (NULL) without. */
handle bound_socket(void);
endpoint open_endpoint(const ip_socket_address *peer);
void restream(endpoint *, const ip_socket_address *peer);
void close_endpoint(endpoint *);

/* Datagrams. send asks for a permit first; a null address means none. */
outgoing_datagram datagram(const void *data, size_t length, const ip_socket_address *remote);
outgoing_datagram text_datagram(const char *text, const ip_socket_address *remote);
uint64_t permit(handle outgoing);
result_u64 send_permitted(handle outgoing, const outgoing_datagram *, size_t count);
result_u64 send(handle outgoing, const outgoing_datagram *, size_t count);
bool send_text(handle outgoing, const char *text, const ip_socket_address *remote);
result_datagrams receive(handle incoming, uint64_t max);
/* Waits until the pollable is ready; false after ten seconds. The pollable is dropped. */
bool ready_in_time(handle pollable);
/* The next datagram; false if there is none in ten seconds. */
bool next_datagram(handle incoming, incoming_datagram *next);
/* Is the next datagram this text? */
bool next_is(handle incoming, const char *text);
#endif
