/*
 * Gives the host addresses that lie outside of its memory or askew, and an allocator that can't be trusted: each of
 * these must trap. The argument trap=NAME says which; "about to" is the last that should be heard of it.
 */
#include "guest.h"

#define OUTSIDE ((void *)0xfffffff0)
#define ASKEW(pointer) ((void *)((uintptr_t)(pointer) + 1))

static endpoint mine;
static result_u64 number[2];
static outgoing_datagram one;
static enum { HONEST, OUT, CROOKED, CALLING, TRAPPING } allocator;

/* In place of the runtime's own. */
EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_bytes, size_t alignment, size_t bytes) {
    (void)old;
    (void)old_bytes;
    switch (allocator) {
    case OUT:
        return OUTSIDE;
    case CROOKED:
        return ASKEW(allocate(bytes + 1, alignment));
    case CALLING:
        monotonic_now(); /* the canonical ABI lets nobody leave from here */
        break;
    case TRAPPING:
        __builtin_trap();
    default:
        break;
    }
    return allocate(bytes, alignment);
}

static void list_outside(void) { outgoing_send(mine.outgoing, OUTSIDE, 1, number); }

static void list_too_long(void) { outgoing_send(mine.outgoing, &one, 0x7fffffff, number); }

/* A good copy of something, a byte beside its place. */
static void *askew(const void *source, size_t bytes) {
    return __builtin_memcpy(ASKEW(allocate(bytes + 1, 8)), source, bytes);
}

static void list_askew(void) { outgoing_send(mine.outgoing, askew(&one, sizeof one), 1, number); }

static void payload_outside(void) {
    one.data = OUTSIDE;
    one.length = 100;
    outgoing_send(mine.outgoing, &one, 1, number);
}

static void payload_too_long(void) {
    one.length = 0xffffffff;
    outgoing_send(mine.outgoing, &one, 1, number);
}

static void second_payload_outside(void) {
    outgoing_datagram two[] = {one, one};
    two[1].data = OUTSIDE;
    two[1].length = 100;
    outgoing_send(mine.outgoing, two, 2, number);
}

static void result_outside(void) { outgoing_check_send(mine.outgoing, OUTSIDE); }

static void result_askew(void) { outgoing_check_send(mine.outgoing, (result_u64 *)((uintptr_t)number + 4)); }

static void text_outside(void) { output_write(get_stdout(), OUTSIDE, 100, (result_stream *)number); }

static void text_too_long(void) { output_write(get_stdout(), "x", 0xffffffff, (result_stream *)number); }

static void poll_outside(void) { poll(OUTSIDE, 1, (indices *)number); }

static void poll_askew(void) {
    handle clock = subscribe_duration(0);
    poll(askew(&clock, sizeof clock), 1, (indices *)number);
}

static void poll_too_long(void) {
    handle clock = subscribe_duration(0);
    poll(&clock, 0x40000001, (indices *)number); /* four bytes each: the product is 4, if one lets it overflow */
}

/* The same need for memory, under different allocators. */
static void need_memory(int kind) {
    handle clock = subscribe_duration(0);
    allocator = kind;
    poll(&clock, 1, (indices *)number);
    allocator = HONEST;
}

static void receive_with(int kind) {
    send_text(mine.outgoing, "for the allocator", &mine.address);
    ready_in_time(incoming_subscribe(mine.incoming));
    allocator = kind;
    receive(mine.incoming, 1);
    allocator = HONEST;
}

static void realloc_outside(void) { need_memory(OUT); }

static void realloc_askew(void) { need_memory(CROOKED); }

static void realloc_traps(void) { need_memory(TRAPPING); }

static void realloc_calls(void) { need_memory(CALLING); }

static void receive_realloc_outside(void) { receive_with(OUT); }

static void receive_realloc_traps(void) { receive_with(TRAPPING); }

static const struct { const char *name; void (*spring)(void); } TRAPS[] = {
    {"list-outside", list_outside},
    {"list-too-long", list_too_long},
    {"list-askew", list_askew},
    {"payload-outside", payload_outside},
    {"payload-too-long", payload_too_long},
    {"second-payload-outside", second_payload_outside},
    {"result-outside", result_outside},
    {"result-askew", result_askew},
    {"text-outside", text_outside},
    {"text-too-long", text_too_long},
    {"poll-outside", poll_outside},
    {"poll-askew", poll_askew},
    {"poll-too-long", poll_too_long},
    {"realloc-outside", realloc_outside},
    {"realloc-askew", realloc_askew},
    {"realloc-traps", realloc_traps},
    {"realloc-calls", realloc_calls},
    {"receive-realloc-outside", receive_realloc_outside},
    {"receive-realloc-traps", receive_realloc_traps},
};

int guest(void) {
    const char *name = argument("trap", "");
    mine = open_endpoint(NULL);
    one = text_datagram("never", &mine.address);
    for (size_t i = 0; i < sizeof TRAPS / sizeof *TRAPS; i++) {
        if (equal(name, TRAPS[i].name, text_length(TRAPS[i].name) + 1)) {
            say("at port ");
            say_number(port_of(&mine.address));
            say(", about to\n");
            permit(mine.outgoing);
            TRAPS[i].spring();
            say("survived\n");
            return 0;
        }
    }
    say("no such trap\n");
    return 1;
}
