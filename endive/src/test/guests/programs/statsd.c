/*
 * Sends counters in StatsD's form, sluice.sent:1|c, sluice.sent:2|c and so on, in lists as long as the permit, and waits
 * whenever the gate is closed. Arguments: family, port=PORT, count=COUNT (else 100).
 */
#include "guest.h"

enum { LIST = 32, LINE = 32 };

static size_t metric(char line[LINE], uint32_t value) {
    static const char name[] = "sluice.sent:";
    size_t length = sizeof name - 1;
    __builtin_memcpy(line, name, length);
    uint32_t divisor = 1;
    while (value / divisor >= 10) {
        divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
        line[length++] = (char)('0' + value / divisor % 10);
    }
    line[length++] = '|';
    line[length++] = 'c';
    return length;
}

int guest(void) {
    ip_socket_address collector = loopback(number_argument("port", 8125));
    uint32_t count = number_argument("count", 100), sent = 0;
    endpoint out = open_endpoint(&collector);
    char lines[LIST][LINE];
    outgoing_datagram list[LIST];
    while (sent < count) {
        uint64_t permitted = permit(out.outgoing);
        uint32_t length = count - sent < LIST ? count - sent : LIST;
        length = permitted < length ? (uint32_t)permitted : length;
        for (uint32_t i = 0; i < length; i++) {
            list[i] = datagram(lines[i], metric(lines[i], sent + i + 1), NULL);
        }
        result_u64 result = send_permitted(out.outgoing, list, length);
        if (result.is_error) {
            say("nobody collects\n");
            return 1;
        }
        sent += (uint32_t)result.value;
    }
    say_number(sent);
    say(" sent\n");
    return 0;
}
