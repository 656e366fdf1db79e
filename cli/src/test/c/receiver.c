/*
 * A UDP receiver that shares nothing with Sluice: receiver 4|6 ADDRESS PORT
 *
 * Writes the port (2 bytes, big endian), then each datagram: its length (4 bytes, big endian) and its payload. When its
 * standard input ends, it takes what the kernel still holds, and exits 0. On loopback a datagram is in the receiver's
 * queue before the sender's system call returns, so what was sent before that end is all there.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void put(const void *bytes, size_t length) {
    if (fwrite(bytes, 1, length, stdout) != length) die("write");
}

/* Returns 0 when nothing is there. */
static int take(int fd) {
    static char payload[65536];
    ssize_t length = recv(fd, payload, sizeof payload, MSG_DONTWAIT);
    if (length < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
        die("recv");
    }
    uint32_t prefix = htonl((uint32_t)length);
    put(&prefix, sizeof prefix);
    put(payload, (size_t)length);
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: receiver 4|6 ADDRESS PORT\n");
        return 2;
    }
    int is_v6 = argv[1][0] == '6';
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[3]))};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = v4.sin_port};
    void *host = is_v6 ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr;
    struct sockaddr *address = is_v6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t size = is_v6 ? sizeof v6 : sizeof v4;
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, argv[2], host) != 1) die("inet_pton");

    int fd = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) die("socket");
    int bytes = 64 << 20; /* as root beyond the system's limit, else up to it */
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    if (bind(fd, address, size) != 0) die("bind");
    if (getsockname(fd, address, &size) != 0) die("getsockname");
    put(is_v6 ? &v6.sin6_port : &v4.sin_port, 2);
    fflush(stdout);

    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    while (fds[1].revents == 0) {
        if (poll(fds, 2, -1) < 0) die("poll");
        while (take(fd)) {
        }
        fflush(stdout);
    }
    while (take(fd)) {
    }
    fflush(stdout);
    return 0;
}
