package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/**
 * What may be sent where, on one stream: E1 to E5, N1, and the sizes of E6, before any system call and under no lock.
 *
 * <p>Runs to one destination are the normal case, so an address object that has passed is not looked at again while it
 * repeats; the network is asked anew by each {@code send}, since it may change its mind.
 */
final class DestinationCheck {
    /** Not a destination, and nobody's object but ours. */
    private static final InetSocketAddress NONE = InetSocketAddress.createUnresolved("", 0);

    private final IpAddressFamily family;
    private final InetSocketAddress peer;
    private final Network network;
    private final boolean unrestricted;
    private final int maxLength;

    /**
     * The last address object that passed; null if that was "to the peer". It is immutable, so a race of two misusing
     * threads is harmless.
     */
    private InetSocketAddress passed = NONE;

    DestinationCheck(IpAddressFamily family, InetSocketAddress peer, Network network) {
        this.family = family;
        this.peer = peer;
        this.network = network;
        this.unrestricted = network == Network.unrestricted();
        this.maxLength = family.maxDatagramSize();
    }

    /** A new send begins: the network is to be asked again. */
    void begin() {
        if (!unrestricted) {
            passed = NONE;
        }
    }

    /** Why a datagram can't be sent, or null if nothing speaks against it. */
    SocketErrorException refusal(InetSocketAddress remote, int length) {
        if (remote != passed) {
            SocketErrorException refusal = refusal(remote);
            if (refusal != null) {
                return refusal;
            }
            passed = remote;
        }
        return length > maxLength ? tooLarge(length) : null;
    }

    private SocketErrorException refusal(InetSocketAddress remote) {
        if (remote == null) {
            if (peer == null) {
                return invalid("the datagram has no remote address, and the stream no peer"); // E5
            }
        } else {
            String problem = Addresses.remoteProblem(family, remote); // E1 to E3
            if (problem != null) {
                return invalid(problem);
            }
            if (peer != null && !Addresses.same(peer, remote)) {
                return invalid(remote + " is not the stream's peer " + peer); // E4
            }
        }
        InetSocketAddress destination = remote == null ? peer : remote;
        return unrestricted || network.maySendTo(destination) // N1
                ? null
                : SocketErrors.light(ErrorCode.ACCESS_DENIED, "the network does not allow sending to " + destination);
    }

    SocketErrorException tooLarge(int length) { // E6
        return SocketErrors.light(
                ErrorCode.DATAGRAM_TOO_LARGE,
                "a datagram of " + length + " bytes; " + family + " carries at most " + maxLength);
    }

    private static SocketErrorException invalid(String problem) {
        return SocketErrors.light(ErrorCode.INVALID_ARGUMENT, problem);
    }
}
