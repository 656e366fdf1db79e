/*
 * Takes more than its share by the functions of 0.3: time, handles, and memory of the host's. The argument take=NAME says of what.
 * What a limit refuses with an error is told and survived; the rest ends the guest.
 */
#include "async.h"

static handle socket, set;
static ip_socket_address here;
static result_received_03 received[2048];

static int32_t endless_wait(void) {
    waitable_join(SUBTASK(udp_receive_begin(socket, received)), set);
    return WAIT_FOR(set);
}

static int32_t endless_blocking(void) {
    udp_receive(socket, received);
    return EXIT;
}

static int32_t endless_yield(void) { return YIELD; }

/* Begins and gives up, again and again: nothing of it may stay with the host. */
static int32_t endless_cancel(void) {
    static uint8_t space[8];
    uint64_t ends = bytes_new();
    for (;;) {
        handle subtask = SUBTASK(udp_receive_begin(socket, received));
        subtask_cancel(subtask);
        subtask_drop(subtask);
        bytes_read_begin((handle)ends, space, sizeof space);
        bytes_cancel_read((handle)ends);
    }
}

/* Passes the input on to the output, which the host does by itself. */
static int32_t endless_copy(void) {
    uint8_t outcome[2];
    stream_and_future input;
    stdin_read(&input);
    outcome_read(stdout_write(input.stream), outcome);
    return EXIT;
}

static int32_t subtasks(void) {
    for (int i = 0; i < 2048; i++) {
        udp_receive_begin(socket, &received[i]);
    }
    return EXIT;
}

static int32_t streams(void) {
    for (int i = 0; i < 2048; i++) {
        bytes_new();
    }
    return EXIT;
}

static int32_t futures(void) {
    for (int i = 0; i < 2048; i++) {
        outcome_new();
    }
    return EXIT;
}

/* The host keeps what waits to be sent. */
static int32_t payloads(void) {
    static uint8_t payload[60000];
    static result_void_03 results[2048];
    send_parameters parameters = udp_sending(socket, payload, sizeof payload, &here);
    int begun = 0;
    for (; begun < 2048; begun++) {
        if (STATE(udp_send_begin(&parameters, &results[begun])) == RETURNED) {
            break;
        }
    }
    say(results[begun].is_error && results[begun].error.code == OUT_OF_MEMORY_03 ? "out-of-memory after " : "? after ");
    say_number(begun);
    say("\n");
    return_from_run(0);
    return EXIT;
}

static const struct { const char *name; int32_t (*spring)(void); } GREEDS[] = {
    {"wait", endless_wait}, {"blocking", endless_blocking}, {"yield", endless_yield}, {"cancel", endless_cancel},
    {"copy", endless_copy}, {"subtasks", subtasks}, {"streams", streams}, {"futures", futures}, {"payloads", payloads},
};

EXPORT("[async-lift]" RUN_03 "#run") int32_t run_03(void) {
    const char *name = argument("take", "");
    socket = udp_bound(&here);
    set = waitable_set_new();
    for (size_t i = 0; i < sizeof GREEDS / sizeof *GREEDS; i++) {
        if (equal(name, GREEDS[i].name, text_length(GREEDS[i].name) + 1)) {
            say("about to\n");
            return GREEDS[i].spring();
        }
    }
    say("no such greed\n");
    return_from_run(1);
    return EXIT;
}

EXPORT("[callback][async-lift]" RUN_03 "#run") int32_t run_03_callback(int32_t event, int32_t index, int32_t payload) {
    (void)event, (void)index, (void)payload;
    return YIELD;
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
