// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes sockets. One is found through {@link UdpSockets} (ServiceLoader) or as an OSGi service, where the service's
 * property {@value #NAME_PROPERTY} is its {@link #name()} and {@code service.ranking} its {@link #priority()}.
 *
 * <p>All methods are safe to call from any thread.
 */
@ProviderType
public interface UdpSocketProvider {

    /** The OSGi service property, and the system property, that hold a provider's name. */
    String NAME_PROPERTY = "sluice.provider";

    /**
     * The OSGi service property that holds the names of a provider's {@link #capabilities()}, to filter by:
     * {@code (sluice.capability=SEGMENTATION_OFFLOAD)}.
     */
    String CAPABILITY_PROPERTY = "sluice.capability";

    /** The OSGi service property that holds the names of the {@linkplain IpAddressFamily families} that there are. */
    String FAMILY_PROPERTY = "sluice.family";

    /**
     * The name by which it can be chosen.
     *
     * @return a short lower-case word, such as {@code nio}
     */
    String name();

    /**
     * Which one to prefer where several are available: the higher number.
     *
     * @return the priority
     */
    int priority();

    /**
     * Why this provider can't be used here.
     *
     * @return one line for a person to read; empty if it can be used
     */
    Optional<String> unavailability();

    /**
     * Whether what makes it unavailable may be over later by itself, such as a lack of descriptors. Discovery does not remember
     * what it found then, and looks again at the next call. False unless a provider says otherwise.
     *
     * @return true if it is unavailable, and to ask again makes sense
     */
    default boolean mayBecomeAvailable() {
        return false;
    }

    /**
     * What it can do of that in which providers may differ.
     *
     * @return an immutable set
     */
    Set<ProviderCapability> capabilities();

    /**
     * Creates an unbound, non-blocking socket ({@link Rule#U1 U1}).
     *
     * @param family the family of all its addresses
     * @return the socket, which the caller closes
     * @throws SocketErrorException {@link ErrorCode#NOT_SUPPORTED} if the host lacks the family or the provider is
     *     unavailable, {@link ErrorCode#NEW_SOCKET_LIMIT} if no descriptor is left, {@link ErrorCode#INVALID_STATE} if
     *     the provider was stopped
     */
    UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException;

    /**
     * Creates a socket and binds it: {@code createSocket} for the address's family, and {@code bind} without a network
     * ({@link Rule#J6 J6}). If binding fails, the socket is closed.
     *
     * @param local the address; port 0 picks a free port
     * @return the socket, which the caller closes
     * @throws SocketErrorException as {@link #open(Network, InetSocketAddress)}
     */
    default UdpSocket open(InetSocketAddress local) throws SocketErrorException {
        UdpSocket socket = createSocket(IpAddressFamily.of(local));
        try {
            socket.bind(local);
        } catch (SocketErrorException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /**
     * Creates a socket and binds it: {@code createSocket} for the address's family, and {@code bind}
     * ({@link Rule#J6 J6}). If binding fails, the socket is closed.
     *
     * @param network what the socket may do
     * @param local the address; port 0 picks a free port
     * @return the socket, which the caller closes
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} if the address is unresolved; else as
     *     {@link #createSocket} and {@link UdpSocket#bind(Network, InetSocketAddress)}
     */
    default UdpSocket open(Network network, InetSocketAddress local) throws SocketErrorException {
        UdpSocket socket = createSocket(IpAddressFamily.of(local));
        try {
            socket.bind(network, local);
        } catch (SocketErrorException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
