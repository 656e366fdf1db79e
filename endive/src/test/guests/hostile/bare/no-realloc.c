/* Needs memory from the host, a list of arguments, and exports no cabi_realloc: it must trap. */
#include "wasi.h"

EXPORT("wasi:cli/run@0.2.0#run") int32_t run(void) {
    strings arguments;
    get_arguments(&arguments);
    return arguments.length != 0;
}
