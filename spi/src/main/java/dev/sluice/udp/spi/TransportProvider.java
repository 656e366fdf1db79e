// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.spi.jfr.Events;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a provider extends: it says what it is called and how to open a {@link DatagramTransport}; the sockets on top of
 * the transports, and closing them all when the provider ends ({@link Rule#V3 V3}), are done here.
 *
 * <p>It needs a public constructor without arguments for {@link java.util.ServiceLoader}, which should do nothing that
 * can fail: what is missing on this machine is reported by {@link #obstacle}.
 */
@ProviderType
public abstract class TransportProvider implements UdpSocketProvider, AutoCloseable {
    /** Instances that may still be used, so that a bundle that stops can end those ServiceLoader made (V3). */
    private static final Set<TransportProvider> LIVE =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * In OSGi, the instance of a class that is a service. ServiceLoader, where an extender makes it work, makes others, which
     * pass on what they are asked: so the threads and the memory of a provider are there once (V6).
     */
    private static final Map<Class<?>, TransportProvider> SERVICES = new ConcurrentHashMap<>();

    private final OpenSockets sockets = new OpenSockets();
    private final ProviderMemory memory;

    /** Held for reading while a socket is made, so that {@link #close} misses none, and none is made behind it (V3). */
    private final StampedLock life = new StampedLock();

    /** Written under the lock. */
    private volatile boolean closed;

    /** Null until they are needed, unless they were given before. */
    private volatile Configuration inForce;

    /** What is set, and what is wrong with it, which is null if nothing is. */
    private record Configuration(ProviderSettings settings, String problem) {}

    /** For subclasses whose transports need no particular size of {@linkplain ScratchPool scratch memory}. */
    protected TransportProvider() {
        this(new ScratchPool(64, 2 * 65_536));
    }

    /**
     * For subclasses.
     *
     * @param scratch the memory that the provider's calls borrow, of a size that suits its transports; the provider may
     *     lend it to them, too
     */
    @SuppressWarnings("this-escape") // an instance found there is not called before its bundle stops
    protected TransportProvider(ScratchPool scratch) {
        memory = new ProviderMemory(scratch);
        LIVE.add(this);
    }

    /**
     * Opens an unbound, non-blocking transport. Called only while the provider is available, and not after {@link #stop} has
     * begun. If it throws, whatever it throws, it leaves nothing open.
     *
     * @param family the family of all its addresses
     * @return the transport
     * @throws IOException if it failed; best made by {@link SocketErrors} for {@link Operation#CREATE}
     */
    protected abstract DatagramTransport open(IpAddressFamily family) throws IOException;

    /**
     * Why this provider can't be used on this machine. It must not throw, whatever is missing.
     *
     * @return one line for a person to read; empty if it can be used
     */
    protected Optional<String> obstacle() {
        return Optional.empty();
    }

    /**
     * What creating a socket answers while there is an {@link #obstacle}.
     *
     * @return {@link ErrorCode#NOT_SUPPORTED}, unless the obstacle is the lack of something that may be there again later,
     *     such as descriptors, which has a code of its own
     */
    protected ErrorCode obstacleCode() {
        return ErrorCode.NOT_SUPPORTED;
    }

    @Override
    public final boolean mayBecomeAvailable() {
        return obstacle().isPresent() && obstacleCode() != ErrorCode.NOT_SUPPORTED;
    }

    /**
     * Takes what an administrator has set, as far as it concerns more than each socket: {@link ProviderSettings#idle}. Called
     * once, before the first transport is opened.
     *
     * @param settings what is set
     */
    protected void configured(ProviderSettings settings) {}

    /** Takes these settings, not the system properties. To be called before anything else. */
    final void configure(ProviderSettings settings) {
        use(new Configuration(settings, null));
    }

    final ProviderSettings settings() {
        return inForce().settings();
    }

    private Configuration inForce() {
        Configuration known = inForce;
        return known != null ? known : configureBySystemProperties();
    }

    private synchronized Configuration configureBySystemProperties() {
        if (inForce == null) {
            try {
                use(new Configuration(ProviderSettings.ofSystemProperties(name()), null));
            } catch (ProviderSettings.InvalidSettingException e) {
                use(new Configuration(ProviderSettings.DEFAULT, e.getMessage()));
            }
        }
        return inForce;
    }

    private synchronized void use(Configuration wanted) {
        inForce = wanted;
        configured(wanted.settings());
    }

    /** Why it must not be used, whatever the machine could do. */
    private Optional<String> forbidden() {
        Configuration known = inForce();
        return known.problem() != null
                ? Optional.of(known.problem())
                : known.settings().enabled()
                        ? Optional.empty()
                        : Optional.of("it is disabled by its setting 'enabled'");
    }

    /** Ends what the provider itself holds, such as its waiting thread. Called once, after its sockets are closed. */
    protected void stop() {}

    @Override
    public final Optional<String> unavailability() {
        return closed ? Optional.of("it was stopped") : forbidden().or(this::obstacle);
    }

    @Override
    public final UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException {
        Objects.requireNonNull(family, "family");
        TransportProvider service = closed ? null : SERVICES.get(getClass());
        return service != null ? service.create(family) : create(family);
    }

    private UdpSocket create(IpAddressFamily family) throws SocketErrorException {
        StackSafeLock.useStack();
        long stamp = life.readLock();
        try {
            return socket(openLive(family), family);
        } catch (SocketErrorException e) {
            throw Events.error(null, Operation.CREATE.label(), e);
        } finally {
            life.unlockRead(stamp);
        }
    }

    /** Another transport for a socket that exists. */
    private DatagramTransport openAnother(IpAddressFamily family) throws SocketErrorException {
        long stamp = life.readLock();
        try {
            return openLive(family);
        } finally {
            life.unlockRead(stamp);
        }
    }

    private DatagramTransport openLive(IpAddressFamily family) throws SocketErrorException {
        if (closed) {
            throw stopped();
        }
        Optional<String> forbidden = forbidden();
        Optional<String> obstacle = forbidden.isPresent() ? forbidden : obstacle();
        if (obstacle.isPresent()) {
            throw new SocketErrorException(
                    forbidden.isPresent() ? ErrorCode.NOT_SUPPORTED : obstacleCode(),
                    "The provider \"" + name() + "\" is unavailable: " + obstacle.get());
        }
        if (family == IpAddressFamily.IPV6 && Ipv6.isMissing()) {
            throw Ipv6.missing();
        }
        return openMapped(family);
    }

    /** Whatever fails here, for want of memory say, the transport doesn't stay open. */
    private UdpSocket socket(DatagramTransport transport, IpAddressFamily family) throws SocketErrorException {
        boolean made = false;
        try {
            SocketCore core = new SocketCore(transport, () -> openAnother(family), family, memory);
            // The reference to this keeps the provider from being collected, and thus forgotten, while it has a socket
            // (V3).
            ProviderSettings settings = settings();
            setBuffers(core, settings);
            DefaultUdpSocket socket = new DefaultUdpSocket(core, settings.network(), this::forget);
            sockets.add(socket, core);
            made = true;
            Events.opened(core, name(), family);
            return socket;
        } finally {
            if (!made) {
                transport.close();
            }
        }
    }

    private static void setBuffers(SocketCore core, ProviderSettings settings) throws SocketErrorException {
        SocketOptions options = new SocketOptions(core);
        if (settings.sendBuffer().isPresent()) {
            options.setBufferSize(
                    TransportOption.SEND_BUFFER_SIZE, settings.sendBuffer().getAsLong());
        }
        if (settings.receiveBuffer().isPresent()) {
            options.setBufferSize(
                    TransportOption.RECEIVE_BUFFER_SIZE,
                    settings.receiveBuffer().getAsLong());
        }
    }

    private void forget(SocketCore closedSocket) {
        sockets.remove(closedSocket);
    }

    private DatagramTransport openMapped(IpAddressFamily family) throws SocketErrorException {
        try {
            return open(family);
        } catch (IOException e) {
            throw SocketErrors.of(Operation.CREATE, e);
        } catch (LinkageError missing) {
            throw new SocketErrorException(
                    ErrorCode.NOT_SUPPORTED,
                    "The provider \"" + name() + "\" can't load what it needs: " + missing,
                    0,
                    missing,
                    true);
        }
    }

    private SocketErrorException stopped() {
        return new SocketErrorException(ErrorCode.INVALID_STATE, "The provider \"" + name() + "\" was stopped");
    }

    /** Ends the provider: closes every socket it made, and ends its threads. Idempotent. */
    @Override
    public final void close() {
        long stamp = life.writeLock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            life.unlockWrite(stamp);
        }
        LIVE.remove(this);
        SERVICES.remove(getClass(), this);
        try {
            sockets.closeAll();
        } finally {
            stop();
        }
    }

    /** This is the service of its class from now on, until it is closed. */
    final void becomeService() {
        SERVICES.put(getClass(), this);
    }

    /** Closes every instance whose class a loader defined: those of a bundle that stops. */
    static void closeAllOf(ClassLoader loader) {
        List<TransportProvider> live;
        synchronized (LIVE) {
            live = List.copyOf(LIVE);
        }
        for (TransportProvider provider : live) {
            if (provider.getClass().getClassLoader() == loader) {
                provider.close();
            }
        }
    }
}
