/*
 * Breaks the rules of the asynchronous part of the canonical ABI: each of these must trap. The argument trap=NAME says which;
 * "about to" is the last that should be heard of it.
 */
#include "async.h"

static handle socket, set, readable, writable;
static ip_socket_address here;
static result_received_03 received;
static uint8_t space[64];
static int32_t code = EXIT;

static handle waiting(void) { return SUBTASK(udp_receive_begin(socket, &received)); }

static void no_result(void) {}

static void two_results(void) {
    return_from_run(0);
    return_from_run(0);
}

static void result_of_no_case(void) { return_from_run(2); }

static void unknown_code(void) {
    return_from_run(0);
    code = 3;
}

static void wait_for_no_set(void) { code = WAIT_FOR(socket); }

static void cancel_unasked(void) { task_cancel(); }

static void subtask_unfinished(void) { subtask_drop(waiting()); }

static void subtask_cancelled_twice(void) {
    handle subtask = waiting();
    subtask_cancel(subtask);
    subtask_cancel(subtask);
}

static void subtask_cancelled_in_set(void) {
    handle subtask = waiting();
    waitable_join(subtask, set);
    subtask_cancel(subtask);
}

static void socket_in_use(void) {
    waiting();
    udp_drop(socket);
}

static void socket_of_other_version(void) { socket_address_family(socket); }

static void set_with_members(void) {
    waitable_join(readable, set);
    waitable_set_drop(set);
}

static void join_no_waitable(void) { waitable_join(socket, set); }

static void join_no_set(void) { waitable_join(readable, socket); }

static void event_out_of_memory(void) { waitable_set_poll(set, (event_payload *)-8); }

static void event_unaligned(void) { waitable_set_poll(set, (event_payload *)(space + 1)); }

static void read_the_writable(void) { bytes_read_begin(writable, space, 1); }

static void read_twice(void) {
    bytes_read_begin(readable, space, 1);
    bytes_read_begin(readable, space, 1);
}

static void read_out_of_memory(void) { bytes_read_begin(readable, (void *)-16, 32); }

static void read_too_much(void) { bytes_read_begin(readable, space, 1u << 28); }

static void read_after_end(void) {
    bytes_drop_writable(writable);
    bytes_read_begin(readable, space, 1);
    bytes_read_begin(readable, space, 1);
}

static void cancel_nothing(void) { bytes_cancel_read(readable); }

static void drop_while_copying(void) {
    bytes_read_begin(readable, space, 1);
    bytes_drop_readable(readable);
}

static void drop_as_another(void) { outcome_drop_readable(readable); }

static void drop_the_other_end(void) { bytes_drop_readable(writable); }

static void future_unwritten(void) { outcome_drop_writable((handle)(outcome_new() >> 32)); }

static void future_to_itself(void) {
    uint64_t ends = outcome_new();
    outcome_read_begin((handle)ends, space);
    outcome_write_begin((handle)(ends >> 32), space + 2);
}

static void pass_on_the_writable(void) { stdout_write(writable); }

static void pass_on_in_set(void) {
    waitable_join(readable, set);
    stdout_write(readable);
}

static void pass_on_while_copying(void) {
    bytes_read_begin(readable, space, 1);
    stdout_write(readable);
}

static void pass_on_twice(void) {
    stdout_write(readable);
    stdout_write(readable);
}

static void pass_on_no_stream(void) { stdout_write(socket); }

static void parameters_out_of_memory(void) { udp_send_begin((send_parameters *)-8, (result_void_03 *)space); }

static void parameters_unaligned(void) { udp_send_begin((send_parameters *)(space + 2), (result_void_03 *)space); }

static void result_out_of_memory(void) { udp_receive_begin(socket, (result_received_03 *)-4); }

static void data_out_of_memory(void) {
    send_parameters parameters = udp_sending(socket, (void *)-2, 8, &here);
    udp_send_begin(&parameters, (result_void_03 *)space);
}

static void address_of_no_kind(void) {
    send_parameters parameters = udp_sending(socket, "x", 1, &here);
    parameters.remote_address.value.kind = 2;
    udp_send_begin(&parameters, (result_void_03 *)space);
}

static const struct { const char *name; void (*spring)(void); } TRAPS[] = {
    {"no-result", no_result},
    {"two-results", two_results},
    {"result-of-no-case", result_of_no_case},
    {"unknown-code", unknown_code},
    {"wait-for-no-set", wait_for_no_set},
    {"cancel-unasked", cancel_unasked},
    {"subtask-unfinished", subtask_unfinished},
    {"subtask-cancelled-twice", subtask_cancelled_twice},
    {"subtask-cancelled-in-set", subtask_cancelled_in_set},
    {"socket-in-use", socket_in_use},
    {"socket-of-other-version", socket_of_other_version},
    {"set-with-members", set_with_members},
    {"join-no-waitable", join_no_waitable},
    {"join-no-set", join_no_set},
    {"event-out-of-memory", event_out_of_memory},
    {"event-unaligned", event_unaligned},
    {"read-the-writable", read_the_writable},
    {"read-twice", read_twice},
    {"read-out-of-memory", read_out_of_memory},
    {"read-too-much", read_too_much},
    {"read-after-end", read_after_end},
    {"cancel-nothing", cancel_nothing},
    {"drop-while-copying", drop_while_copying},
    {"drop-as-another", drop_as_another},
    {"drop-the-other-end", drop_the_other_end},
    {"future-unwritten", future_unwritten},
    {"future-to-itself", future_to_itself},
    {"pass-on-the-writable", pass_on_the_writable},
    {"pass-on-in-set", pass_on_in_set},
    {"pass-on-while-copying", pass_on_while_copying},
    {"pass-on-twice", pass_on_twice},
    {"pass-on-no-stream", pass_on_no_stream},
    {"parameters-out-of-memory", parameters_out_of_memory},
    {"parameters-unaligned", parameters_unaligned},
    {"result-out-of-memory", result_out_of_memory},
    {"data-out-of-memory", data_out_of_memory},
    {"address-of-no-kind", address_of_no_kind},
};

EXPORT("[async-lift]" RUN_03 "#run") int32_t run_03(void) {
    const char *name = argument("trap", "");
    socket = udp_bound(&here);
    set = waitable_set_new();
    uint64_t ends = bytes_new();
    readable = (handle)ends;
    writable = (handle)(ends >> 32);
    for (size_t i = 0; i < sizeof TRAPS / sizeof *TRAPS; i++) {
        if (equal(name, TRAPS[i].name, text_length(TRAPS[i].name) + 1)) {
            say("at port ");
            say_number(port_of(&here));
            say(", about to\n");
            TRAPS[i].spring();
            return code;
        }
    }
    say("no such trap\n");
    return_from_run(1);
    return EXIT;
}

EXPORT("[callback][async-lift]" RUN_03 "#run") int32_t run_03_callback(int32_t event, int32_t index, int32_t payload) {
    (void)event, (void)index, (void)payload;
    say("survived\n");
    return_from_run(0);
    return EXIT;
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
