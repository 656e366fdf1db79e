/*
 * Takes more than its share: time, stack, memory, sockets, handles. The argument take=NAME says of what. What a limit
 * refuses with an error is told and survived; the rest ends the guest.
 */
#include "guest.h"

static void about_to(void) { say("about to\n"); }

static void endless_loop(void) {
    about_to();
    for (volatile int i = 0;; i++) {
    }
}

static void endless_wait(void) {
    endpoint mine = open_endpoint(NULL);
    handle readable = incoming_subscribe(mine.incoming);
    about_to();
    pollable_block(readable);
}

static void endless_poll(void) {
    endpoint mine = open_endpoint(NULL);
    handle both[] = {incoming_subscribe(mine.incoming), subscribe_duration(UINT64_MAX)};
    indices ready;
    about_to();
    poll(both, 2, &ready);
}

/* Ready at once, again and again: it never waits, and never ends. */
static void endless_ready(void) {
    handle clock = subscribe_duration(0);
    about_to();
    for (;;) {
        pollable_block(clock);
    }
}

__attribute__((noinline)) static int deeper(volatile int *parent) {
    volatile int depth = *parent + 1;
    return depth < 0 ? 0 : deeper(&depth) + depth;
}

static void recursion(void) {
    volatile int depth = 0;
    about_to();
    deeper(&depth);
}

/* Without touching the shadow stack, whose end it would meet first. */
__attribute__((noinline)) static uint64_t deeper_still(uint64_t depth) {
    uint64_t below = depth == UINT64_MAX ? 0 : deeper_still(depth + 1);
    __asm__ volatile("");
    return below + depth;
}

static void pure_recursion(void) {
    about_to();
    say_number(deeper_still(0));
}

static void memory(void) {
    about_to();
    while (__builtin_wasm_memory_grow(0, 256) != (size_t)-1) {
    }
    say_number(__builtin_wasm_memory_size(0));
    say(" pages\n");
}

static void sockets(void) {
    about_to();
    for (int count = 0; count < 100000; count++) {
        static handle last;
        result_handle socket;
        create_udp_socket(family(), &socket);
        if (socket.is_error) {
            say(socket.error == NEW_SOCKET_LIMIT ? "new-socket-limit after " : "another error after ");
            say_number(count);
            socket_drop(last);
            create_udp_socket(family(), &socket);
            say(socket.is_error ? ", and none after a drop\n" : ", and one more after a drop\n");
            return;
        }
        last = socket.value;
        forget_memory();
    }
}

static void handles(void) {
    about_to();
    for (int count = 0; count < 10000000; count++) {
        subscribe_duration(UINT64_MAX);
    }
}

static void output(void) {
    static char lines[4096];
    about_to();
    for (size_t i = 0; i < sizeof lines; i++) {
        lines[i] = i % 64 == 63 ? '\n' : 'x';
    }
    for (;;) {
        say_bytes(lines, sizeof lines);
    }
}

static const struct { const char *name; void (*spring)(void); } GREEDS[] = {
    {"loop", endless_loop}, {"wait", endless_wait}, {"poll", endless_poll}, {"ready", endless_ready},
    {"recursion", recursion}, {"pure-recursion", pure_recursion}, {"memory", memory}, {"sockets", sockets},
    {"handles", handles}, {"output", output},
};

int guest(void) {
    const char *name = argument("take", "");
    for (size_t i = 0; i < sizeof GREEDS / sizeof *GREEDS; i++) {
        if (equal(name, GREEDS[i].name, text_length(GREEDS[i].name) + 1)) {
            GREEDS[i].spring();
            say("survived\n");
            return 0;
        }
    }
    say("no such greed\n");
    return 1;
}
