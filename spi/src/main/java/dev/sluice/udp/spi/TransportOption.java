package dev.sluice.udp.spi;

import dev.sluice.udp.Rule;

/**
 * The options of a transport ({@link Rule#U6 U6}). Values are what the application means, not what the system's call
 * takes.
 */
public enum TransportOption {
    /** The hop limit of unicast datagrams, 1 to 255. */
    UNICAST_HOP_LIMIT,
    /** The kernel's receive buffer in bytes, as asked for: where the system doubles it, the transport halves. */
    RECEIVE_BUFFER_SIZE,
    /** The kernel's send buffer in bytes, likewise. */
    SEND_BUFFER_SIZE
}
