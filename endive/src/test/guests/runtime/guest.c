#include "guest.h"

extern uint8_t __heap_base;
static uintptr_t next_free;
static handle standard_output = -1;
static strings arguments;
static const char *failure;
static bool failed;

void *allocate(size_t bytes, size_t alignment) {
    if (next_free == 0) {
        next_free = (uintptr_t)&__heap_base;
    }
    uintptr_t start = (next_free + alignment - 1) & -alignment;
    size_t pages = __builtin_wasm_memory_size(0);
    if (start + bytes > pages << 16
            && __builtin_wasm_memory_grow(0, (start + bytes - (pages << 16) + 0xffff) >> 16) == (size_t)-1) {
        __builtin_trap();
    }
    next_free = start + bytes;
    return (void *)start;
}

void forget_memory(void) {
    next_free = 0;
    arguments.data = NULL;
}

EXPORT("cabi_realloc") __attribute__((weak))
void *cabi_realloc(void *old, size_t old_bytes, size_t alignment, size_t bytes) {
    void *memory = allocate(bytes, alignment);
    __builtin_memcpy(memory, old, old_bytes < bytes ? old_bytes : bytes);
    return memory;
}

EXPORT("wasi:cli/run@0.2.0#run") int32_t run(void) {
    return guest() != 0;
}

void say_bytes(const void *bytes, size_t length) {
    result_stream result;
    if (standard_output < 0) {
        standard_output = get_stdout();
    }
    output_write(standard_output, bytes, length, &result);
}

void say(const char *text) {
    say_bytes(text, text_length(text));
}

void say_number(uint64_t number) {
    char digits[20];
    int first = sizeof digits;
    do {
        digits[--first] = '0' + number % 10;
        number /= 10;
    } while (number != 0);
    say_bytes(digits + first, sizeof digits - first);
}

uint32_t text_length(const char *text) {
    uint32_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    return length;
}

bool equal(const void *a, const void *b, size_t length) {
    const uint8_t *left = a, *right = b;
    for (size_t i = 0; i < length; i++) {
        if (left[i] != right[i]) {
            return false;
        }
    }
    return true;
}

const char *argument(const char *name, const char *otherwise) {
    if (arguments.data == NULL) {
        get_arguments(&arguments);
    }
    size_t length = text_length(name);
    for (size_t i = 0; i < arguments.length; i++) {
        string given = arguments.data[i];
        if (given.length > length && given.data[length] == '=' && equal(given.data, name, length)) {
            char *value = allocate(given.length - length, 1);
            __builtin_memcpy(value, given.data + length + 1, given.length - length - 1);
            value[given.length - length - 1] = 0;
            return value;
        }
    }
    return otherwise;
}

uint64_t number_argument(const char *name, uint64_t otherwise) {
    const char *text = argument(name, NULL);
    if (text == NULL) {
        return otherwise;
    }
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        number = number * 10 + (*text - '0');
    }
    return number;
}

void check(const char *rule, void (*body)(void)) {
    const char *only = argument("only", rule);
    if (!equal(only, rule, text_length(rule) + 1)) {
        return;
    }
    failure = NULL;
    body();
    say(rule);
    if (failure == NULL) {
        say(" ok\n");
    } else {
        failed = true;
        say(" FAILED: ");
        say(failure);
        say("\n");
    }
}

bool expect(bool condition, const char *what) {
    if (!condition && failure == NULL) {
        failure = what;
    }
    return condition;
}

int verdict(void) {
    return failed;
}

void give_up(const char *why) {
    say("FAILED: ");
    say(why);
    say("\n");
    __builtin_trap();
}
