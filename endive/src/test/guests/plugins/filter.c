/* A plug-in: passes on what begins with "sluice.", the prefix of our metrics, and tells the host's log of the rest. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define FROM(module, name) __attribute__((import_module(module), import_name(name)))

FROM("example:plugins/log", "message") void message(const char *text, size_t length);

static uint8_t arguments[1 << 17]; /* room for those of one call, which the host asks for in a row */
static size_t used;
static uint64_t refused;
static bool ready;

EXPORT("_initialize") void initialise(void) {
    ready = true;
}

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size) {
    (void)old, (void)old_size;
    used = (used + alignment - 1) & -alignment;
    void *memory = arguments + used;
    used += size;
    if (used > sizeof arguments) {
        __builtin_trap();
    }
    return memory;
}

EXPORT("example:plugins/filter#accept")
int32_t accept(const char *source, size_t source_length, int32_t port, const uint8_t *payload, size_t length) {
    static const char PREFIX[] = "sluice.";
    (void)port;
    if (!ready) {
        __builtin_trap();
    }
    bool accepted = length >= sizeof PREFIX - 1;
    for (size_t i = 0; accepted && i < sizeof PREFIX - 1; i++) {
        accepted = payload[i] == (uint8_t)PREFIX[i];
    }
    if (!accepted) {
        refused++;
        message(source, source_length);
    }
    used = 0;
    return accepted;
}

EXPORT("example:plugins/filter#refused") uint64_t count_refused(void) {
    return refused;
}
