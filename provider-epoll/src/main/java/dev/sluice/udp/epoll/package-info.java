/**
 * The provider "epoll": Linux's own datagrams, on the caller's thread, with segmentation offload.
 *
 * <p>{@code EpollTransport} is the socket as the SPI sees it. Beneath it, the SPI's {@code SegmentingSender} makes GSO sends out of
 * batches, {@code PeerReceiver} fills batches, {@code EpollRegistration} and {@code EpollMultiplexer} wait, and
 * {@code KernelSocket} is the only class that knows Netty's {@code LinuxSocket}, which is marked unstable.
 */
package dev.sluice.udp.epoll;
