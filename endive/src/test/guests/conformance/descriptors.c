/* The two functions by which C libraries have preview 1's adapter number their sockets. */
#include "guest.h"

enum { BADF = 8 };

FROM("wasi_snapshot_preview1", "adapter_open_badfd") int32_t open_badfd(int32_t *descriptor);
FROM("wasi_snapshot_preview1", "adapter_close_badfd") int32_t close_badfd(int32_t descriptor);

static void adapter(void) {
    int32_t first = -1, second = -1, third = -1;
    expect(open_badfd(&first) == 0 && first > 2, "a number behind the standard streams");
    expect(open_badfd(&second) == 0 && second > 2 && second != first, "another one");
    expect(close_badfd(first) == 0, "given back");
    expect(close_badfd(first) == BADF, "once");
    expect(open_badfd(&third) == 0 && third == first, "and used again");
    expect(close_badfd(0) == BADF && close_badfd(-1) == BADF && close_badfd(1000) == BADF, "never reserved");
    expect(close_badfd(second) == 0 && close_badfd(third) == 0, "all given back");
}

int guest(void) {
    check("Adapter", adapter);
    return verdict();
}
