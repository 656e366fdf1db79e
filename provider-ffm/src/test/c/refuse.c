// Runs a command to which the kernel refuses some system calls, as a sandbox or an old kernel would (seccomp(2)):
//
//   refuse ERRNO CALL... -- COMMAND...
//
// ERRNO is a number. A CALL is recvmmsg, sendmmsg, sendto, eventfd2, epoll_create1, epoll_ctl, socket or poll,
// or the setting of one option: UDP_SEGMENT or UDP_GRO.
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIELD(name) offsetof(struct seccomp_data, name)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(field))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define MOST 128

static struct sock_filter program[MOST];
static unsigned short length;

static void add(struct sock_filter statement) { program[length++] = statement; }

static void refuse_call(int number, int error) {
    add((struct sock_filter) LOAD(nr));
    add((struct sock_filter) IF(number, 0, 1));
    add((struct sock_filter) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

// Both machines are little-endian: the lower half of an argument comes first.
static void refuse_option(int option, int error) {
    add((struct sock_filter) LOAD(nr));
    add((struct sock_filter) IF(__NR_setsockopt, 0, 5));
    add((struct sock_filter) LOAD(args[1]));
    add((struct sock_filter) IF(17, 0, 3)); // SOL_UDP
    add((struct sock_filter) LOAD(args[2]));
    add((struct sock_filter) IF(option, 0, 1));
    add((struct sock_filter) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

static int refuse(const char *name, int error) {
    static const struct { const char *name; int number; } calls[] = {
        {"recvmmsg", __NR_recvmmsg},   {"sendmmsg", __NR_sendmmsg},           {"sendto", __NR_sendto},
        {"eventfd2", __NR_eventfd2},   {"epoll_create1", __NR_epoll_create1}, {"epoll_ctl", __NR_epoll_ctl},
        {"socket", __NR_socket},
#ifdef __NR_poll
        {"poll", __NR_poll},
#else
        {"poll", __NR_ppoll},
#endif
    };
    if (!strcmp(name, "UDP_SEGMENT")) return refuse_option(103, error), 1;
    if (!strcmp(name, "UDP_GRO")) return refuse_option(104, error), 1;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (!strcmp(name, calls[i].name)) return refuse_call(calls[i].number, error), 1;
    }
    return 0;
}

int main(int count, char **arguments) {
    int error = count > 1 ? atoi(arguments[1]) : 0, i = 2;
    for (; i < count && strcmp(arguments[i], "--"); i++) {
        if (length > MOST - 16 || !refuse(arguments[i], error)) {
            fprintf(stderr, "refuse: %s is no call that can be refused here\n", arguments[i]);
            return 2;
        }
    }
    add((struct sock_filter) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    struct sock_fprog filter = {length, program};
    if (i + 1 >= count || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) {
        perror("refuse");
        return 2;
    }
    execvp(arguments[i + 1], arguments + i + 1);
    perror("refuse");
    return 2;
}
