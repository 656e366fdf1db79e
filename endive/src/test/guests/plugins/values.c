/* Takes and gives values of all types, with the layouts that the C compiler gives to structures. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define FROM(module, name) __attribute__((import_module(module), import_name(name)))

typedef struct { const void *data; size_t length; } list;
typedef struct { uint8_t is_some; list value; } option_string;
typedef struct {
    uint8_t small;
    option_string text;
    list numbers;
    float single;
    double double_;
    uint32_t letter;
    uint8_t flag;
    uint64_t large;
} values;
typedef struct { list text; int32_t number; } pair;
typedef struct { int32_t number; list text; } reversed;
typedef struct { list text; uint8_t count; } description;
typedef struct { int32_t number; list text; uint8_t count; } answer;

FROM("example:plugins/host", "negate") int32_t negate(int32_t number);
FROM("example:plugins/host", "describe")
void describe(int32_t is_some, const char *name, size_t name_length, const uint32_t *numbers, size_t count, description *);

static _Alignas(8) uint8_t heap[1 << 18];
static size_t used;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size) {
    (void)old, (void)old_size;
    used = (used + alignment - 1) & -alignment;
    void *memory = heap + used;
    used += size;
    if (used > sizeof heap) {
        __builtin_trap();
    }
    return memory;
}

EXPORT("example:plugins/echo#same")
values *same(int32_t small, int32_t is_some, const void *text, size_t text_length, const void *numbers, size_t count,
        float single, double double_, int32_t letter, int32_t flag, uint64_t large) {
    static values given;
    given = (values){small, {is_some, {text, text_length}}, {numbers, count}, single, double_, letter, flag, large};
    return &given;
}

/* So that a post-return function is seen to be called: it makes room again. */
EXPORT("cabi_post_example:plugins/echo#same") void post_same(values *given) {
    (void)given;
    used = 0;
}

/* More than 16 flat parameters: they come in memory. */
EXPORT("example:plugins/echo#many") int64_t many(const struct { uint32_t first[16]; int8_t last; } *parameters) {
    int64_t sum = parameters->last;
    for (int i = 0; i < 16; i++) {
        sum += parameters->first[i];
    }
    used = 0;
    return sum;
}

EXPORT("example:plugins/echo#swap") list *swap(const pair *pairs, size_t count) {
    static list result;
    reversed *swapped = cabi_realloc(NULL, 0, _Alignof(reversed), count * sizeof(reversed));
    for (size_t i = 0; i < count; i++) {
        swapped[i] = (reversed){pairs[i].number, pairs[i].text};
    }
    result = (list){swapped, count};
    return &result;
}

EXPORT("call-host") answer *call_host(int32_t number) {
    static const uint32_t numbers[] = {1, 2, 0xffffffff};
    static answer result;
    description told;
    describe(number > 0, "name", 4, numbers, 3, &told);
    result = (answer){negate(number), told.text, told.count};
    return &result;
}
