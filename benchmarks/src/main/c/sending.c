/*
 * Sending: what is measured beside Sluice's sends, and what supplies receivers.
 *
 * KIND: loop (one system call a datagram), many (sendmmsg), copy (UDP_SEGMENT, gathering LIST separate buffers by memcpy),
 * contiguous (UDP_SEGMENT from memory that already lies so), gather (the memcpy alone, nothing is sent).
 * ADDRESSES and SIZES are comma lists that repeat along the list of datagrams; all but loop and many want one of each.
 */
#include "reference.h"

struct load {
    int socket;
    char kind;
    int connected;
    int list;
    int addresses;
    int sizes;
    struct sockaddr_in address[MAX_LIST];
    int size[MAX_LIST];
    char *buffer[MAX_LIST];
    char *message;
    int segments; /* the most in one call: 128 since Linux 6.9, 64 before */
};

static struct load *loads[MOST];

static void await_writable(int socket) {
    struct pollfd p = {.fd = socket, .events = POLLOUT};
    poll(&p, 1, 1000);
}

static void transmit(struct load *l, const void *data, size_t length, const struct sockaddr_in *to) {
    for (;;) {
        ssize_t sent = l->connected ? send(l->socket, data, length, 0)
                                    : sendto(l->socket, data, length, 0, (const struct sockaddr *) to, sizeof *to);
        if (sent >= 0) {
            return;
        }
        if (errno != EAGAIN) {
            die("send");
        }
        await_writable(l->socket);
    }
}

static void round_of_loop(struct load *l, int list) {
    for (int i = 0; i < list; i++) {
        transmit(l, l->buffer[i], l->size[i % l->sizes], &l->address[i % l->addresses]);
    }
}

static void round_of_many(struct load *l, int list) {
    static struct mmsghdr message[MAX_LIST];
    static struct iovec vector[MAX_LIST];
    for (int i = 0; i < list; i++) {
        vector[i] = (struct iovec) {l->buffer[i], (size_t) l->size[i % l->sizes]};
        message[i].msg_hdr = (struct msghdr) {
            .msg_name = l->connected ? NULL : &l->address[i % l->addresses],
            .msg_namelen = l->connected ? 0 : sizeof l->address[0],
            .msg_iov = &vector[i],
            .msg_iovlen = 1,
        };
    }
    for (int sent = 0; sent < list;) {
        int some = sendmmsg(l->socket, message + sent, list - sent, 0);
        if (some > 0) {
            sent += some;
        } else if (errno == EAGAIN) {
            await_writable(l->socket);
        } else {
            die("sendmmsg");
        }
    }
}

static void round_of_segments(struct load *l, int list) {
    int size = l->size[0];
    for (int i = 0; i < list;) {
        int n = list - i < l->segments ? list - i : l->segments;
        char *data = l->message + (size_t) i * size;
        if (l->kind == 'g' || l->kind == 'm') {
            data = l->message;
            for (int k = 0; k < n; k++) {
                memcpy(data + (size_t) k * size, l->buffer[i + k], size);
            }
        }
        if (l->kind == 'm') {
            __asm__ volatile("" ::: "memory"); /* or the compiler would leave out a copy that is not read */
            i += n;
            continue;
        }
        transmit(l, data, (size_t) n * size, &l->address[0]);
        i += n;
    }
}

/* A kernel before 6.9 refuses more than 64 segments with EINVAL. */
static int probe_segments(void) {
    int s = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof to;
    char zeros[128] = {0};
    int sink = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(sink, (struct sockaddr *) &to, length) || getsockname(sink, (struct sockaddr *) &to, &length)) {
        die("bind");
    }
    setsockopt(s, IPPROTO_UDP, UDP_SEGMENT, &one, sizeof one);
    int most = sendto(s, zeros, 128, 0, (struct sockaddr *) &to, length) == 128 ? 128 : 64;
    close(s);
    close(sink);
    return most;
}

void open_load(char *arguments) {
    char kind[16], addresses[32 * MAX_LIST / 4], sizes[8 * MAX_LIST / 4];
    struct load *l = calloc(1, sizeof *l);
    int id = 0;
    while (id < MOST && loads[id]) {
        id++;
    }
    if (id == MOST
        || sscanf(arguments, "%15s %d %d %8191s %2047s", kind, &l->connected, &l->list, addresses, sizes) != 5
        || l->list < 1 || l->list > MAX_LIST) {
        fprintf(stderr, "bad open: %s\n", arguments);
        exit(1);
    }
    l->kind = strcmp(kind, "loop") == 0 ? 'l' : strcmp(kind, "many") == 0 ? 's' : strcmp(kind, "copy") == 0 ? 'g' : strcmp(kind, "gather") == 0 ? 'm' : 'c';
    for (char *a = strtok(addresses, ","); a && l->addresses < MAX_LIST; a = strtok(NULL, ",")) {
        l->address[l->addresses++] = address_of(a);
    }
    int largest = 0;
    for (char *s = strtok(sizes, ","); s && l->sizes < MAX_LIST; s = strtok(NULL, ",")) {
        l->size[l->sizes] = atoi(s);
        largest = l->size[l->sizes] > largest ? l->size[l->sizes] : largest;
        l->sizes++;
    }
    for (int i = 0; i < l->list; i++) {
        l->buffer[i] = calloc(1, largest);
    }
    l->message = calloc(l->list, largest);
    l->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (l->socket < 0) {
        die("socket");
    }
    if (l->connected && connect(l->socket, (struct sockaddr *) &l->address[0], sizeof l->address[0])) {
        die("connect");
    }
    if (l->kind != 'l' && l->kind != 's') {
        if (setsockopt(l->socket, IPPROTO_UDP, UDP_SEGMENT, &l->size[0], sizeof(int))) {
            die("UDP_SEGMENT");
        }
        l->segments = probe_segments();
        if (l->segments > MAX_TRIP / l->size[0]) {
            l->segments = MAX_TRIP / l->size[0];
        }
    }
    loads[id] = l;
    printf("ok %d\n", id);
}

static void send_round(struct load *l, int list) {
    if (l->kind == 'l') {
        round_of_loop(l, list);
    } else if (l->kind == 's') {
        round_of_many(l, list);
    } else {
        round_of_segments(l, list);
    }
}

void round_of_load(int id, int datagrams) {
    send_round(loads[id], datagrams < loads[id]->list ? datagrams : loads[id]->list);
    puts("ok");
}

void port_of_load(int id) {
    printf("ok %d\n", port_of(loads[id]->socket));
}

void run_load(int id, int64_t nanos) {
    struct load *l = loads[id];
    int rounds = l->list >= 64 ? 1 : 64 / l->list; /* between two looks at the clock */
    int64_t datagrams = 0, begin = now(), end;
    do {
        for (int i = 0; i < rounds; i++) {
            send_round(l, l->list);
        }
        datagrams += (int64_t) rounds * l->list;
        end = now();
    } while (end - begin < nanos);
    printf("%lld %lld\n", (long long) datagrams, (long long) (end - begin));
}

void close_load(int id) {
    struct load *l = loads[id];
    close(l->socket);
    for (int i = 0; i < l->list; i++) {
        free(l->buffer[i]);
    }
    free(l->message);
    free(l);
    loads[id] = NULL;
    puts("ok");
}
