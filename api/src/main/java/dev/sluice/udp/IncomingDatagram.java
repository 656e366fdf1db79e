package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One datagram that arrived: {@code incoming-datagram} of {@code wasi:sockets/udp}.
 *
 * <p>The buffer belongs to the receiving application: it is backed by an array of exactly the payload's bytes, which nothing
 * else refers to.
 *
 * @param data the payload, from position 0 to the limit; it may be empty
 * @param remoteAddress where it came from
 */
public record IncomingDatagram(ByteBuffer data, InetSocketAddress remoteAddress) {

    /**
     * A datagram.
     *
     * @param data the payload
     * @param remoteAddress where it came from
     * @throws NullPointerException if one of the two is null
     */
    public IncomingDatagram {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
    }
}
