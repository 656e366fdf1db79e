/**
 * A provider of UDP sockets on {@link java.nio.channels.DatagramChannel}. Nothing is exported: it is found as a service.
 *
 * @provides dev.sluice.udp.UdpSocketProvider the provider {@code nio}
 */
module dev.sluice.udp.nio {
    requires dev.sluice.udp.spi;
    requires static osgi.core;

    provides dev.sluice.udp.UdpSocketProvider with
            dev.sluice.udp.nio.NioProvider;
}
