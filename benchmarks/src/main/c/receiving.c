/*
 * Receiving, timed while a list is taken that was sent before, off the clock.
 *
 * KIND: recv (one system call a datagram), recvmmsg (up to 64 a call), gro (the same, with UDP_GRO: what left as one
 * super-packet arrives as one). HOW, of its own sender: single (one system call each), trip (UDP_SEGMENT), none.
 */
#include "reference.h"

enum { LOT = 64, ROOM = 65536 };

struct receiver {
    int socket;
    int sender; /* or -1 */
    char kind;
    int list;
    int size;
    int trip; /* how many datagrams the sender puts into one super-packet; 1 without */
    char *payload;
    char *room;
    struct mmsghdr message[LOT];
    struct iovec vector[LOT];
    struct sockaddr_in source[LOT];
    char control[LOT][CMSG_SPACE(sizeof(int))];
};

static struct receiver *receivers[MOST];

static void arm(struct receiver *r, int i, int connected) {
    size_t room = r->kind == 'g' ? ROOM : (size_t) r->size;
    r->vector[i] = (struct iovec) {r->room + (size_t) i * room, room};
    r->message[i].msg_hdr = (struct msghdr) {
        .msg_name = connected ? NULL : &r->source[i],
        .msg_namelen = connected ? 0 : sizeof r->source[i],
        .msg_iov = &r->vector[i],
        .msg_iovlen = 1,
    };
}

void open_receiver(char *arguments) {
    char kind[16], address[64], how[16];
    int id = 0, connected;
    struct receiver *r = calloc(1, sizeof *r);
    while (id < MOST && receivers[id]) {
        id++;
    }
    if (id == MOST
        || sscanf(arguments, "%15s %63s %d %d %d %15s", kind, address, &connected, &r->list, &r->size, how) != 6) {
        fprintf(stderr, "bad receive: %s\n", arguments);
        exit(1);
    }
    r->kind = strcmp(kind, "recv") == 0 ? 'r' : strcmp(kind, "recvmmsg") == 0 ? 'm' : 'g';
    r->socket = bound_socket(address, SOCK_NONBLOCK);
    r->room = calloc(LOT, ROOM);
    int one = 1;
    if (r->kind == 'g' && setsockopt(r->socket, IPPROTO_UDP, UDP_GRO, &one, sizeof one)) {
        die("UDP_GRO");
    }
    for (int i = 0; i < LOT; i++) {
        arm(r, i, connected);
    }
    r->sender = -1;
    r->trip = 1;
    if (strcmp(how, "none") != 0) {
        r->payload = calloc(r->list, r->size);
        r->sender = bound_socket(address, 0);
        struct sockaddr_in to = address_of(address), from = to;
        to.sin_port = htons(port_of(r->socket));
        from.sin_port = htons(port_of(r->sender));
        if (connect(r->sender, (struct sockaddr *) &to, sizeof to)
            || (connected && connect(r->socket, (struct sockaddr *) &from, sizeof from))) {
            die("connect");
        }
        if (strcmp(how, "trip") == 0) {
            r->trip = r->size * LOT > MAX_TRIP ? MAX_TRIP / r->size : LOT;
            if (setsockopt(r->sender, IPPROTO_UDP, UDP_SEGMENT, &r->size, sizeof r->size)) {
                die("UDP_SEGMENT");
            }
        }
    }
    receivers[id] = r;
    printf("ok %d %d\n", id, port_of(r->socket));
}

void peer_of_receiver(int id, const char *address) {
    struct sockaddr_in peer = address_of(address);
    if (connect(receivers[id]->socket, (struct sockaddr *) &peer, sizeof peer)) {
        die("connect");
    }
    puts("ok");
}

static void supply(struct receiver *r) {
    for (int i = 0; i < r->list; i += r->trip) {
        int n = r->list - i < r->trip ? r->list - i : r->trip;
        if (send(r->sender, r->payload, (size_t) n * r->size, 0) < 0) {
            die("send");
        }
    }
}

/* How many datagrams a message holds: UDP_GRO tells the size of all but the last. */
static int segments(struct mmsghdr *m) {
    struct cmsghdr *c = CMSG_FIRSTHDR(&m->msg_hdr);
    if (!c || c->cmsg_type != UDP_GRO) {
        return 1;
    }
    int size;
    memcpy(&size, CMSG_DATA(c), sizeof size);
    return (int) ((m->msg_len + size - 1) / size);
}

static int receive_one(struct receiver *r) {
    struct msghdr *header = &r->message[0].msg_hdr;
    socklen_t length = sizeof r->source[0];
    return recvfrom(r->socket, r->room, ROOM, 0, header->msg_name, header->msg_name ? &length : NULL) < 0 ? 0 : 1;
}

static int receive_lot(struct receiver *r, int most) {
    int lot = r->kind == 'g' || most > LOT ? LOT : most;
    if (r->kind == 'g') {
        for (int i = 0; i < lot; i++) { /* a call changes them */
            r->message[i].msg_hdr.msg_control = r->control[i];
            r->message[i].msg_hdr.msg_controllen = sizeof r->control[i];
        }
    }
    int got = recvmmsg(r->socket, r->message, lot, 0, NULL), datagrams = 0;
    for (int i = 0; i < got; i++) {
        datagrams += r->kind == 'g' ? segments(&r->message[i]) : 1;
    }
    return datagrams;
}

/* How long it took to take so many. What was sent on loopback is there; what comes over a link is waited for. */
static int64_t take_all(struct receiver *r, int datagrams) {
    int64_t begin = now();
    for (int taken = 0; taken < datagrams;) {
        int some = r->kind == 'r' ? receive_one(r) : receive_lot(r, datagrams - taken);
        if (some == 0) {
            struct pollfd p = {.fd = r->socket, .events = POLLIN};
            if (poll(&p, 1, 1000) != 1) {
                fprintf(stderr, "%d of %d datagrams arrived\n", taken, datagrams);
                exit(1);
            }
        }
        taken += some;
    }
    return now() - begin;
}

void run_receiver(int id, int64_t nanos) {
    struct receiver *r = receivers[id];
    int64_t timed = 0, datagrams = 0;
    do {
        supply(r);
        timed += take_all(r, r->list);
        datagrams += r->list;
    } while (timed < nanos);
    printf("%lld %lld\n", (long long) datagrams, (long long) timed);
}

void take(int id, int datagrams) {
    printf("%d %lld\n", datagrams, (long long) take_all(receivers[id], datagrams));
}

void close_receiver(int id) {
    struct receiver *r = receivers[id];
    close(r->socket);
    if (r->sender >= 0) {
        close(r->sender);
    }
    free(r->payload);
    free(r->room);
    free(r);
    receivers[id] = NULL;
    puts("ok");
}

/* The other end of a sender: reads all that comes, or nothing. */
int consume(int reading) {
    static char data[65536];
    int s = bound_socket("127.0.0.1", SOCK_NONBLOCK);
    printf("%d\n", port_of(s));
    fflush(stdout);
    struct pollfd both[2] = {{.fd = 0, .events = POLLIN}, {.fd = s, .events = reading ? POLLIN : 0}};
    while (poll(both, 2, -1) >= 0 && !(both[0].revents & (POLLIN | POLLHUP))) {
        while (reading && recv(s, data, sizeof data, 0) >= 0) {
        }
    }
    return 0;
}
