// Prints what the C compiler knows of the structures that Layouts.java describes.
#define _GNU_SOURCE
#include <linux/udp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define SIZE(name, type) printf(name " %zu\n", sizeof(type))
#define AT(name, type, field) printf(name " %zu\n", offsetof(type, field))

int main(void) {
    SIZE("SOCKADDR_IN", struct sockaddr_in);
    SIZE("SOCKADDR_IN6", struct sockaddr_in6);
    AT("FAMILY", struct sockaddr_in, sin_family);
    AT("FAMILY", struct sockaddr_in6, sin6_family);
    AT("SIN_PORT", struct sockaddr_in, sin_port);
    AT("SIN_PORT", struct sockaddr_in6, sin6_port);
    AT("SIN_ADDR", struct sockaddr_in, sin_addr);
    AT("SIN6_FLOWINFO", struct sockaddr_in6, sin6_flowinfo);
    AT("SIN6_ADDR", struct sockaddr_in6, sin6_addr);
    AT("SIN6_SCOPE_ID", struct sockaddr_in6, sin6_scope_id);
    SIZE("MMSGHDR", struct mmsghdr);
    AT("MSG_NAME", struct mmsghdr, msg_hdr.msg_name);
    AT("MSG_NAMELEN", struct mmsghdr, msg_hdr.msg_namelen);
    AT("MSG_IOV", struct mmsghdr, msg_hdr.msg_iov);
    AT("MSG_IOVLEN", struct mmsghdr, msg_hdr.msg_iovlen);
    AT("MSG_CONTROL", struct mmsghdr, msg_hdr.msg_control);
    AT("MSG_CONTROLLEN", struct mmsghdr, msg_hdr.msg_controllen);
    AT("MSG_LEN", struct mmsghdr, msg_len);
    SIZE("IOVEC", struct iovec);
    AT("IOV_BASE", struct iovec, iov_base);
    AT("IOV_LEN", struct iovec, iov_len);
    printf("CONTROL %zu\n", CMSG_SPACE(sizeof(int)));
    AT("CMSG_LEN", struct cmsghdr, cmsg_len);
    AT("CMSG_LEVEL", struct cmsghdr, cmsg_level);
    AT("CMSG_TYPE", struct cmsghdr, cmsg_type);
    printf("CMSG_DATA %zu\n", CMSG_LEN(0));
    SIZE("IN_PKTINFO", struct in_pktinfo);
    AT("PKTINFO_IFINDEX", struct in_pktinfo, ipi_ifindex);
    AT("PKTINFO_SPEC_DST", struct in_pktinfo, ipi_spec_dst);
    AT("PKTINFO_ADDR", struct in_pktinfo, ipi_addr);
    SIZE("IN6_PKTINFO", struct in6_pktinfo);
    AT("PKTINFO6_ADDR", struct in6_pktinfo, ipi6_addr);
    AT("PKTINFO6_IFINDEX", struct in6_pktinfo, ipi6_ifindex);
    SIZE("POLLFD", struct pollfd);
    AT("POLL_FD", struct pollfd, fd);
    AT("POLL_EVENTS", struct pollfd, events);
    AT("POLL_REVENTS", struct pollfd, revents);
    SIZE("EPOLL_EVENT_SIZE", struct epoll_event);
    AT("EPOLL_EVENTS", struct epoll_event, events);
    AT("EPOLL_DATA", struct epoll_event, data);
    return 0;
}
