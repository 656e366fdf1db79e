#include "guest.h"

enum ip_address_family family(void) {
    return equal(argument("family", "ipv4"), "ipv6", 5) ? IPV6 : IPV4;
}

enum ip_address_family other_family(void) {
    return family() == IPV4 ? IPV6 : IPV4;
}

ip_socket_address loopback_of(enum ip_address_family kind, uint16_t port) {
    return kind == IPV4 ? (ip_socket_address){.kind = IPV4, .ipv4 = {port, {127, 0, 0, 1}}}
                        : (ip_socket_address){.kind = IPV6, .ipv6 = {.port = port, .address = {[7] = 1}}};
}

ip_socket_address loopback(uint16_t port) {
    return loopback_of(family(), port);
}

ip_socket_address unspecified(uint16_t port) {
    ip_socket_address address = {.kind = family()};
    set_port(&address, port);
    return address;
}

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

ip_socket_address parse_address(const char *text, uint16_t port) {
    ip_socket_address address = {.kind = IPV4};
    for (const char *c = text; *c != 0; c++) {
        if (*c == ':') {
            address.kind = IPV6;
        }
    }
    int base = address.kind == IPV4 ? 10 : 16;
    for (int group = 0; group < (address.kind == IPV4 ? 4 : 8); group++) {
        int number = 0;
        for (; digit(*text) >= 0; text++) {
            number = number * base + digit(*text);
        }
        if (*text != 0) {
            text++;
        }
        if (address.kind == IPV4) {
            address.ipv4.address[group] = number;
        } else {
            address.ipv6.address[group] = number;
        }
    }
    set_port(&address, port);
    return address;
}

uint16_t port_of(const ip_socket_address *address) {
    return address->kind == IPV4 ? address->ipv4.port : address->ipv6.port;
}

void set_port(ip_socket_address *address, uint16_t port) {
    if (address->kind == IPV4) {
        address->ipv4.port = port;
    } else {
        address->ipv6.port = port;
    }
}

void flatten(const ip_socket_address *address, int32_t flat[12]) {
    for (int i = 0; i < 12; i++) {
        flat[i] = 0;
    }
    flat[0] = address->kind;
    if (address->kind == IPV4) {
        flat[1] = address->ipv4.port;
        for (int i = 0; i < 4; i++) {
            flat[2 + i] = address->ipv4.address[i];
        }
    } else {
        flat[1] = address->ipv6.port;
        flat[2] = (int32_t)address->ipv6.flow_info;
        for (int i = 0; i < 8; i++) {
            flat[3 + i] = address->ipv6.address[i];
        }
        flat[11] = (int32_t)address->ipv6.scope_id;
    }
}

bool same_address(const ip_socket_address *a, const ip_socket_address *b) {
    int32_t left[12], right[12];
    flatten(a, left);
    flatten(b, right);
    return equal(left, right, sizeof left);
}
