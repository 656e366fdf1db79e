/*
 * In front of the C library: refuses one of the system calls that the provider needs, as gVisor, old kernels and seccomp
 * do. REFUSE names it: SO_MEMINFO, UDP_SEGMENT, EPOLL, EVENTFD or SOCKET.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#define SO_MEMINFO_OPTION 55
#define UDP_LEVEL 17
#define UDP_SEGMENT_OPTION 103

static int refuses(const char *what)
{
    const char *refused = getenv("REFUSE");
    return refused && strcmp(refused, what) == 0;
}

static int fail(int error)
{
    errno = error;
    return -1;
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *length)
{
    int (*real)(int, int, int, void *, socklen_t *) = dlsym(RTLD_NEXT, "getsockopt");
    if (level == SOL_SOCKET && name == SO_MEMINFO_OPTION && refuses("SO_MEMINFO")) {
        return fail(ENOPROTOOPT);
    }
    return real(fd, level, name, value, length);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t length)
{
    int (*real)(int, int, int, const void *, socklen_t) = dlsym(RTLD_NEXT, "setsockopt");
    if (level == UDP_LEVEL && name == UDP_SEGMENT_OPTION && refuses("UDP_SEGMENT")) {
        return fail(ENOPROTOOPT);
    }
    return real(fd, level, name, value, length);
}

int epoll_create1(int flags)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "epoll_create1");
    return refuses("EPOLL") ? fail(ENOSYS) : real(flags);
}

int eventfd(unsigned int value, int flags)
{
    int (*real)(unsigned int, int) = dlsym(RTLD_NEXT, "eventfd");
    return refuses("EVENTFD") ? fail(ENOSYS) : real(value, flags);
}

int socket(int domain, int type, int protocol)
{
    int (*real)(int, int, int) = dlsym(RTLD_NEXT, "socket");
    if ((type & 0xf) == SOCK_DGRAM && (domain == AF_INET || domain == AF_INET6) && refuses("SOCKET")) {
        return fail(EPERM);
    }
    return real(domain, type, protocol);
}
