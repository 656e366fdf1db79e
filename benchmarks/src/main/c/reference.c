/*
 * The C side of the comparison: system calls and nothing else.
 *
 *   reference          serves commands from standard input, one a line, and answers each with a line:
 *     open KIND CONNECTED LIST ADDRESSES SIZES   "ok ID": a load, see sending.c
 *     run ID NANOS                               "DATAGRAMS NANOS", after about that time
 *     round ID DATAGRAMS                         "ok": so many of the list's datagrams were sent
 *     port ID                                    "ok PORT": from which the load is sent
 *     close ID                                   "ok"
 *     receive KIND ADDRESS CONNECTED LIST SIZE HOW   "ok ID PORT": a receiver, see receiving.c
 *     peer ID ADDRESS                            "ok": the receiver is connected to it
 *     receiving ID NANOS                         "DATAGRAMS NANOS": of its own datagrams, as "run"
 *     take ID DATAGRAMS                          "DATAGRAMS NANOS": of those that another process sent
 *     closed ID                                  "ok"
 *     open-ping ADDRESS, ping COUNT, close-ping  "ok"; "NANOS ..." of each; "ok": see latency.c
 *   reference reader   binds to 127.0.0.1, prints the port, and reads until standard input ends.
 *   reference sink     the same, but never reads.
 *   reference echo     the same, and sends back what comes.
 */
#include "reference.h"

void die(const char *what) {
    perror(what);
    exit(1);
}

int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* ADDRESS:PORT, or an address alone. */
struct sockaddr_in address_of(const char *text) {
    char host[64];
    struct sockaddr_in address = {.sin_family = AF_INET};
    snprintf(host, sizeof host, "%s", text);
    char *colon = strchr(host, ':');
    if (colon) {
        *colon = 0;
        address.sin_port = htons((uint16_t) atoi(colon + 1));
    }
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        fprintf(stderr, "bad address: %s\n", text);
        exit(1);
    }
    return address;
}

int bound_socket(const char *address, int flags) {
    int s = socket(AF_INET, SOCK_DGRAM | flags, 0);
    struct sockaddr_in at = address_of(address);
    if (s < 0 || bind(s, (struct sockaddr *) &at, sizeof at)) {
        die("bind");
    }
    return s;
}

int port_of(int socket) {
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    if (getsockname(socket, (struct sockaddr *) &at, &length)) {
        die("getsockname");
    }
    return ntohs(at.sin_port);
}

static int serve(void) {
    static char line[16384];
    char address[64];
    int id, count;
    long long nanos;
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin)) {
        if (strncmp(line, "open ", 5) == 0) {
            open_load(line + 5);
        } else if (sscanf(line, "run %d %lld", &id, &nanos) == 2) {
            run_load(id, nanos);
        } else if (sscanf(line, "round %d %d", &id, &count) == 2) {
            round_of_load(id, count);
        } else if (sscanf(line, "port %d", &id) == 1) {
            port_of_load(id);
        } else if (sscanf(line, "close %d", &id) == 1) {
            close_load(id);
        } else if (strncmp(line, "receive ", 8) == 0) {
            open_receiver(line + 8);
        } else if (sscanf(line, "peer %d %63s", &id, address) == 2) {
            peer_of_receiver(id, address);
        } else if (sscanf(line, "receiving %d %lld", &id, &nanos) == 2) {
            run_receiver(id, nanos);
        } else if (sscanf(line, "take %d %d", &id, &count) == 2) {
            take(id, count);
        } else if (sscanf(line, "closed %d", &id) == 1) {
            close_receiver(id);
        } else if (sscanf(line, "open-ping %63s", address) == 1) {
            open_ping(address);
        } else if (sscanf(line, "ping %d", &count) == 1) {
            ping(count);
        } else if (strncmp(line, "close-ping", 10) == 0) {
            close_ping();
        } else {
            fprintf(stderr, "bad command: %s", line);
            exit(1);
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        return serve();
    }
    return strcmp(argv[1], "echo") == 0 ? echo() : consume(strcmp(argv[1], "reader") == 0);
}
