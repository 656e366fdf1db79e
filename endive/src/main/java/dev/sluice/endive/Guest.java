package dev.sluice.endive;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import run.endive.runtime.Instance;

/**
 * What the host knows of one guest: what it may do, and what it holds. Used on the guest's thread; only {@link #end} may
 * come from another.
 */
final class Guest {
    private final UdpSocketProvider provider;
    private final Network network;
    private final Limits limits;
    private final Handles handles;
    private final Datagrams datagrams;
    private final StandardStreams standard;
    private final Lookups lookups = new Lookups();
    private final Set<UdpSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;
    private Instance instance;
    private GuestMemory memory;

    Guest(WasiHost.Builder options) {
        this.provider = options.provider;
        this.network = options.network;
        this.limits = options.limits;
        this.handles = new Handles(limits.handles());
        this.datagrams = new Datagrams(limits.heldBytes());
        this.standard = new StandardStreams(options);
    }

    /** The guest's code calls: may it? */
    void enter(Instance caller) {
        if (ended) {
            throw new Trap("the guest has ended");
        }
        if (instance == null) {
            instance = caller;
            memory = new GuestMemory(caller);
        } else if (instance != caller) {
            throw new Trap("this host serves one guest, and another one calls");
        }
        if (memory.isAllocating()) {
            throw new Trap("the guest's cabi_realloc calls out of the guest");
        }
    }

    GuestMemory memory() {
        return memory;
    }

    Handles handles() {
        return handles;
    }

    Network network() {
        return network;
    }

    Limits limits() {
        return limits;
    }

    Datagrams datagrams() {
        return datagrams;
    }

    StandardStreams standard() {
        return standard;
    }

    Lookups lookups() {
        return lookups;
    }

    UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException {
        if (sockets.size() >= limits.sockets()) {
            throw new SocketErrorException(
                    ErrorCode.NEW_SOCKET_LIMIT, "the guest has " + limits.sockets() + " sockets, which is its limit");
        }
        UdpSocket socket = provider.createSocket(family);
        sockets.add(socket);
        if (ended) { // meanwhile, from another thread
            close(socket);
        }
        return socket;
    }

    void close(UdpSocket socket) {
        socket.close();
        sockets.remove(socket);
    }

    /** Nothing of it may remain. */
    void end() {
        ended = true;
        sockets.forEach(this::close);
        standard.close();
    }
}
