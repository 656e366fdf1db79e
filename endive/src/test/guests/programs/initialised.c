/* Says how often it was initialised before it was run: once. As a component it has a core module for that. */
#include "guest.h"

static int times;

EXPORT("_initialize") void initialise(void) {
    times++;
}

int guest(void) {
    say("initialised ");
    say_number(times);
    say("\n");
    return 0;
}
