/*
 * Sends itself numbers by WASI 0.3, a few at a time, and counts what comes back. The task waits as compilers of today have it
 * wait: it returns to the host, which calls it back with each event.
 */
#include "async.h"

enum { WINDOW = 8 };

static uint32_t count, sent, received;
static handle socket, set;
static ip_socket_address here;
static result_received_03 arrived;
static struct { uint32_t number; handle subtask; send_parameters parameters; result_void_03 result; } sends[WINDOW];
static handle receiving;

/* Begins a send in a slot that is free; no more are under way than the kernel keeps. */
static bool send_next(int slot) {
    if (sent == count || sent - received >= WINDOW) {
        return true;
    }
    sends[slot].number = sent++;
    sends[slot].parameters = udp_sending(socket, &sends[slot].number, sizeof(uint32_t), &here);
    uint32_t status = udp_send_begin(&sends[slot].parameters, &sends[slot].result);
    if (STATE(status) == RETURNED) {
        return !sends[slot].result.is_error;
    }
    sends[slot].subtask = SUBTASK(status);
    waitable_join(sends[slot].subtask, set);
    return true;
}

/* Takes what is there, and goes on to receive. */
static bool receive_next(void) {
    while (received < count) {
        uint32_t status = udp_receive_begin(socket, &arrived);
        if (STATE(status) != RETURNED) {
            receiving = SUBTASK(status);
            waitable_join(receiving, set);
            return true;
        }
        if (arrived.is_error || *(uint32_t *)arrived.data != received++) {
            return false;
        }
    }
    return true;
}

static int32_t fail(const char *why) {
    say(why);
    return_from_run(1);
    return EXIT;
}

static int32_t go_on(void) {
    for (int slot = 0; slot < WINDOW; slot++) {
        if (sends[slot].subtask == 0 && !send_next(slot)) {
            return fail("send\n");
        }
    }
    if (received < count) {
        return WAIT_FOR(set);
    }
    udp_drop(socket);
    say_number(received);
    say(" came back\n");
    return_from_run(0);
    return YIELD; /* a task may go on after it has returned its result */
}

EXPORT("[async-lift]" RUN_03 "#run") int32_t run_03(void) {
    count = number_argument("count", 100);
    socket = udp_bound(&here);
    set = waitable_set_new();
    if (!receive_next()) {
        return fail("receive\n");
    }
    return go_on();
}

EXPORT("[callback][async-lift]" RUN_03 "#run") int32_t run_03_callback(int32_t code, handle index, int32_t payload) {
    if (code == NO_EVENT) {
        return EXIT;
    }
    if (code != SUBTASK_EVENT || payload != RETURNED) {
        return fail("an event of another kind\n");
    }
    subtask_drop(index);
    if (index == receiving) {
        if (arrived.is_error || *(uint32_t *)arrived.data != received++ || !receive_next()) {
            return fail("receive\n");
        }
        return go_on();
    }
    for (int slot = 0; slot < WINDOW; slot++) {
        if (sends[slot].subtask == index) {
            sends[slot].subtask = 0;
            if (sends[slot].result.is_error) {
                return fail("send\n");
            }
        }
    }
    return go_on();
}

int guest(void) {
    __builtin_trap(); /* run of 0.2, which programs bring along, is not what the host runs */
}
