/*
 * WASI 0.3 from the guest's side, while output and arguments are those of 0.2 (W5): sockets, subtasks and their cancelling,
 * streams and futures. The task is lifted with a callback, and returns at once with EXIT: it waits with waitable sets.
 */
#include "async.h"

enum { MANY = 200 };

static void states(void) {
    handle socket = udp_unbound();
    result_address_03 address;
    result_void_03 result;
    udp_local_address(socket, &address);
    EXPECT_ERROR_03(address, INVALID_STATE_03, "an unbound socket has a local address");
    result_received_03 received;
    udp_receive(socket, &received);
    EXPECT_ERROR_03(received, INVALID_STATE_03, "an unbound socket receives");
    udp_disconnect(socket, &result);
    EXPECT_ERROR_03(result, INVALID_STATE_03, "a socket without a peer is disconnected");

    ip_socket_address peer;
    handle other = udp_bound(&peer);
    EXPECT_ERROR_03(udp_bind_to(other, &peer), INVALID_STATE_03, "a socket is bound twice");
    expect(!udp_connect_to(socket, &peer).is_error, "connect");
    udp_local_address(socket, &address);
    expect(!address.is_error && port_of(&address.value) != 0, "connect binds");
    udp_remote_address(socket, &address);
    expect(!address.is_error && same_address(&address.value, &peer), "the peer");
    udp_disconnect(socket, &result);
    expect(!result.is_error, "disconnect");
    udp_remote_address(socket, &address);
    EXPECT_ERROR_03(address, INVALID_STATE_03, "there is a peer after disconnect");
    udp_drop(socket);
    udp_drop(other);
}

static void codes(void) {
    static uint8_t large[65536];
    ip_socket_address here, nowhere = unspecified(1), port_0 = loopback(0), foreign = loopback_of(other_family(), 1);
    handle socket = udp_bound(&here), second = udp_unbound();
    EXPECT_ERROR_03(udp_send_to(socket, "x", 1, NULL), INVALID_ARGUMENT_03, "no destination");
    EXPECT_ERROR_03(udp_send_to(socket, "x", 1, &nowhere), INVALID_ARGUMENT_03, "the unspecified address");
    EXPECT_ERROR_03(udp_send_to(socket, "x", 1, &port_0), INVALID_ARGUMENT_03, "port 0");
    EXPECT_ERROR_03(udp_send_to(socket, "x", 1, &foreign), INVALID_ARGUMENT_03, "an address of the other family");
    EXPECT_ERROR_03(udp_send_to(socket, large, sizeof large, &here), DATAGRAM_TOO_LARGE_03, "65536 bytes");
    EXPECT_ERROR_03(udp_bind_to(second, &here), ADDRESS_IN_USE_03, "an address that is taken");
    EXPECT_ERROR_03(udp_bind_to(second, &foreign), INVALID_ARGUMENT_03, "binding to the other family");
    ip_socket_address denied = loopback(number_argument("denied", 0));
    EXPECT_ERROR_03(udp_send_to(socket, "x", 1, &denied), ACCESS_DENIED_03, "a denied destination");
    EXPECT_ERROR_03(udp_bind_to(second, &denied), ACCESS_DENIED_03, "a denied port");
    udp_drop(socket);
    udp_drop(second);
}

static void order(void) {
    static uint32_t numbers[MANY];
    static send_parameters parameters[MANY];
    static result_void_03 results[MANY];
    static uint32_t statuses[MANY];
    ip_socket_address here;
    handle from = udp_unbound(), to = udp_bound(&here);
    for (uint32_t i = 0; i < MANY; i++) {
        numbers[i] = i;
        parameters[i] = udp_sending(from, &numbers[i], sizeof numbers[i], &here);
        statuses[i] = udp_send_begin(&parameters[i], &results[i]);
    }
    for (uint32_t i = 0; i < MANY; i++) {
        expect(finish(statuses[i]) == RETURNED && !results[i].is_error, "a send that waited");
    }
    for (uint32_t i = 0; i < MANY; i++) {
        result_received_03 received;
        udp_receive(to, &received);
        expect(!received.is_error && received.length == 4 && equal(received.data, &i, 4), "in order");
    }
    udp_drop(from);
    udp_drop(to);
}

static void cancelled_sends(void) {
    ip_socket_address here;
    result_void_03 result;
    result_received_03 received;
    handle from = udp_unbound(), to = udp_bound(&here);
    send_parameters first = udp_sending(from, "cancelled", 9, &here);
    uint32_t status = udp_send_begin(&first, &result);
    uint32_t state = STATE(status) == RETURNED ? RETURNED : subtask_cancel(SUBTASK(status));
    if (STATE(status) != RETURNED) {
        subtask_drop(SUBTASK(status));
    }
    expect(!udp_send_to(from, "sent", 4, &here).is_error, "a send after one that was cancelled");
    udp_receive(to, &received);
    if (state == RETURNED) { /* too late to cancel it */
        expect(received.length == 9, "a send that returned");
        udp_receive(to, &received);
    } else {
        expect(state == CANCELLED_BEFORE_RETURNED, "the state of a send that was cancelled");
    }
    expect(received.length == 4, "a send that was cancelled was not sent");
    udp_drop(from);
    udp_drop(to);
}

static void cancelled_receives(void) {
    ip_socket_address here;
    result_received_03 one, two, three;
    handle from = udp_unbound(), to = udp_bound(&here);
    uint32_t first = udp_receive_begin(to, &one), second = udp_receive_begin(to, &two);
    expect(STATE(first) == STARTED && STATE(second) == STARTED, "receivers wait");
    expect(subtask_cancel(SUBTASK(first)) == CANCELLED_BEFORE_RETURNED, "cancelling a receiver");
    subtask_drop(SUBTASK(first));
    expect(!udp_send_to(from, "for two", 7, &here).is_error, "send");
    expect(!udp_send_to(from, "for three", 9, &here).is_error, "send");
    expect(finish(second) == RETURNED && two.length == 7, "the receiver that still waits gets the first");
    udp_receive(to, &three);
    expect(!three.is_error && three.length == 9, "the next gets the next");
    udp_drop(from);
    udp_drop(to);
}

static void later_cancel(void) {
    uint32_t status = wait_for_begin(3600000000000u);
    expect(STATE(status) == STARTED, "an hour is not over");
    handle set = waitable_set_new();
    event_payload event;
    waitable_join(SUBTASK(status), set);
    expect(waitable_set_poll(set, &event) == NO_EVENT, "nothing has happened");
    expect(subtask_cancel_begin(SUBTASK(status)) == CANCELLED_BEFORE_RETURNED, "a timer is cancelled at once");
    subtask_drop(SUBTASK(status));
    waitable_set_drop(set);
    wait_for(1000000);
}

static void both_versions(void) {
    endpoint old = open_endpoint(NULL);
    ip_socket_address here;
    result_received_03 received;
    handle socket = udp_bound(&here);
    expect(!udp_send_to(socket, "to 0.2", 6, &old.address).is_error, "0.3 sends");
    expect(next_is(old.incoming, "to 0.2"), "0.2 receives");
    expect(send_text(old.outgoing, "to 0.3", &here), "0.2 sends");
    udp_receive(socket, &received);
    expect(received.length == 6 && same_address(&received.source, &old.address), "0.3 receives");
    close_endpoint(&old);
    udp_drop(socket);
}

static void own_streams(void) {
    uint8_t space[8];
    uint64_t ends = bytes_new();
    handle readable = (handle)ends, writable = (handle)(ends >> 32);
    expect(bytes_read_begin(readable, space, 8) == BLOCKED, "nothing is written");
    expect(bytes_write_begin(writable, "abc", 3) == COPIED(3, COMPLETED), "three bytes are wanted");
    expect(bytes_write_begin(writable, "de", 2) == COPIED(2, COMPLETED), "and two more fit");
    expect(event_of(readable, STREAM_READ) == COPIED(5, COMPLETED) && equal(space, "abcde", 5), "five arrive");
    expect(bytes_write_begin(writable, "fgh", 3) == BLOCKED, "nobody reads");
    expect(bytes_cancel_write(writable) == COPIED(0, CANCELLED), "a write is given up");
    expect(bytes_write_begin(writable, "", 0) == BLOCKED, "a write of nothing waits for a reader");
    expect(bytes_read_begin(readable, space, 8) == BLOCKED, "which comes");
    expect(event_of(writable, STREAM_WRITE) == COPIED(0, COMPLETED), "and is seen");
    bytes_drop_writable(writable);
    expect(event_of(readable, STREAM_READ) == COPIED(0, DROPPED), "the end is seen");
    bytes_drop_readable(readable);
}

static void host_streams(void) {
    uint8_t outcome[2] = {9, 9}, space[16];
    uint64_t ends = bytes_new();
    handle readable = (handle)ends, writable = (handle)(ends >> 32);
    uint32_t early = bytes_write_begin(writable, "W5 ", 3);
    handle future = stdout_write(readable);
    expect(early == BLOCKED && event_of(writable, STREAM_WRITE) == COPIED(3, COMPLETED), "what waited is written");
    expect(bytes_write(writable, "output ok\n", 10) == COPIED(10, COMPLETED), "and what comes then");
    expect(outcome_read_begin(future, outcome) == BLOCKED, "it goes on");
    bytes_drop_writable(writable);
    expect(event_of(future, FUTURE_READ) == COMPLETED && outcome[0] == 0, "all has been written");
    outcome_drop_readable(future);

    stream_and_future input;
    stdin_read(&input);
    expect(bytes_read(input.stream, space, sizeof space) == COPIED(0, DROPPED), "the input is empty");
    expect(outcome_read(input.future, outcome) == COMPLETED && outcome[0] == 0, "and did not fail");
    bytes_drop_readable(input.stream);
    outcome_drop_readable(input.future);
}

static void passed_on(void) {
    uint8_t outcome[2] = {9, 9};
    stream_and_future input;
    stdin_read(&input);
    handle future = stdout_write(input.stream);
    expect(outcome_read(future, outcome) == COMPLETED && outcome[0] == 0, "the input passes to the output");
    outcome_drop_readable(future);
    outcome_drop_readable(input.future);
}

static void numeric_names(void) {
    result_addresses_03 addresses;
    resolve_addresses("127.0.0.1", 9, &addresses);
    expect(!addresses.is_error && addresses.length == 1 && addresses.data[2] == 127, "a numeric address");
    resolve_addresses("sluice.invalid", 14, &addresses);
    expect(addresses.is_error && addresses.error.code == 0, "a name that may not be resolved");
    resolve_addresses("not a name", 10, &addresses);
    expect(addresses.is_error && addresses.error.code == 1, "no name");
}

EXPORT("[async-lift]" RUN_03 "#run") int32_t run_03(void) {
    context_set(42);
    check("W1 states", states);
    check("W2 codes", codes);
    check("W3 order", order);
    check("W3 cancelled-sends", cancelled_sends);
    check("W4 cancelled-receives", cancelled_receives);
    check("W5 timers", later_cancel);
    check("W5 both-versions", both_versions);
    check("W5 own-streams", own_streams);
    check("W5 host-streams", host_streams);
    check("W5 passed-on", passed_on);
    check("W5 names", numeric_names);
    thread_yield();
    return_from_run(verdict() || context_get() != 42);
    return EXIT;
}

EXPORT("[callback][async-lift]" RUN_03 "#run") int32_t run_03_callback(int32_t code, int32_t index, int32_t payload) {
    (void)code, (void)index, (void)payload;
    __builtin_trap(); /* it never waits that way */
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
