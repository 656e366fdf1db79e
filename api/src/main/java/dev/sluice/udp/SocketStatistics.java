package dev.sluice.udp;

/**
 * Counters of one socket, all since its creation.
 *
 * @param datagramsSent datagrams handed to the kernel
 * @param bytesSent their payload, in bytes
 * @param datagramsReceived datagrams delivered to the application
 * @param bytesReceived their payload, in bytes
 * @param droppedByNetwork datagrams dropped because the {@link Network} does not allow their source
 *     ({@link Rule#R4 R4})
 * @param droppedByPeerFilter datagrams dropped because the stream has a peer and they came from another address
 *     ({@link Rule#U4 U4})
 * @param sendErrors errors that {@code send} has thrown
 * @param receiveErrors errors that {@code receive} has thrown
 */
public record SocketStatistics(
        long datagramsSent,
        long bytesSent,
        long datagramsReceived,
        long bytesReceived,
        long droppedByNetwork,
        long droppedByPeerFilter,
        long sendErrors,
        long receiveErrors) {}
