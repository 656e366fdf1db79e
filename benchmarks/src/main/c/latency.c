/* One datagram of 64 bytes to another process and back, each round trip timed: blocking calls, as a plain program makes them. */
#include "reference.h"
#include <sys/prctl.h>

enum { PAYLOAD = 64 };

static int pinging = -1;

/* A round trip that never ends is a fault of the run, and ends it. */
static void limit_waiting(int socket) {
    struct timeval limit = {.tv_sec = 10};
    if (setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit)) {
        die("SO_RCVTIMEO");
    }
}

void open_ping(const char *address) {
    struct sockaddr_in to = address_of(address);
    pinging = bound_socket("127.0.0.1", 0);
    limit_waiting(pinging);
    if (connect(pinging, (struct sockaddr *) &to, sizeof to)) {
        die("connect");
    }
    puts("ok");
}

void ping(int count) {
    char data[PAYLOAD] = {0};
    for (int i = 0; i < count; i++) {
        int64_t begin = now();
        if (send(pinging, data, sizeof data, 0) != sizeof data || recv(pinging, data, sizeof data, 0) != sizeof data) {
            die("ping");
        }
        printf(i ? " %lld" : "%lld", (long long) (now() - begin));
    }
    puts("");
}

void close_ping(void) {
    close(pinging);
    puts("ok");
}

/* Ends when standard input does, or the process is ended: the child only answers. */
int echo(void) {
    char data[2048];
    int s = bound_socket("127.0.0.1", 0);
    printf("%d\n", port_of(s));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            struct sockaddr_in from;
            socklen_t length = sizeof from;
            ssize_t n = recvfrom(s, data, sizeof data, 0, (struct sockaddr *) &from, &length);
            if (n < 0 || sendto(s, data, (size_t) n, 0, (struct sockaddr *) &from, length) != n) {
                die("echo");
            }
        }
    }
    while (read(0, data, sizeof data) > 0) {
    }
    kill(child, SIGKILL);
    return 0;
}
