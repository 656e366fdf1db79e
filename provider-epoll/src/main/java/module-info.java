/**
 * The provider "epoll": datagrams straight into Linux's system calls, through Netty's native library.
 *
 * <p>It requires the native libraries of both architectures, since nothing else would bring them into the module graph.
 *
 * @provides dev.sluice.udp.UdpSocketProvider with the name "epoll"
 */
module dev.sluice.udp.epoll {
    requires dev.sluice.udp.spi;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.epoll.linux.aarch_64;
    requires io.netty.transport.epoll.linux.x86_64;
    requires static osgi.core;

    provides dev.sluice.udp.UdpSocketProvider with
            dev.sluice.udp.epoll.EpollProvider;
}
