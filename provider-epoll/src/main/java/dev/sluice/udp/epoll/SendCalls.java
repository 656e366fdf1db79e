package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What {@link SegmentingSender} needs of a socket. */
interface SendCalls {
    /**
     * One system call.
     *
     * @param from of the direct memory
     * @param to one behind the last byte
     * @param remote where to; null for the peer
     * @return how many bytes left, all or none; for none, 0 says nothing about why
     */
    int send(ByteBuffer memory, int from, int to, InetSocketAddress remote) throws SocketErrorException;

    /** Sets the size at which the kernel cuts what is sent; 0 for not at all. */
    void setSegmentSize(int segment) throws SocketErrorException;

    /** Whether the kernel reports room for more. */
    boolean isWritable() throws SocketErrorException;

    /** The largest payload of one packet on the path to the peer; {@link Integer#MAX_VALUE} if it isn't known. */
    int pathPayload();

    /** The same for the device that leads there, which knows nothing of the routers behind it. */
    int devicePayload();
}
