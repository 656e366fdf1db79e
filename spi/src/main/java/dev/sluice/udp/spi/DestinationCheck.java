// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/**
 * What may be sent where, on one stream: E1 to E5, N1, what {@link PathCheck} has, and the sizes of E6, before any system call
 * and under no lock.
 *
 * <p>Runs to one destination are the normal case, so an address object that has passed is not looked at again while it
 * repeats; the network is asked anew by each {@code send}, since it may change its mind.
 */
final class DestinationCheck {
    /** Not a destination, and no object that an application can have. */
    private static final InetSocketAddress NONE = InetSocketAddress.createUnresolved("", 0);

    private final IpAddressFamily family;
    private final InetSocketAddress peer;
    private final Network network;
    private final boolean unrestricted;
    private final int maxLength;
    private final PathCheck paths;

    /**
     * The last address object that passed; null if that was "to the peer". It is immutable, so a race of two misusing
     * threads is harmless.
     */
    private InetSocketAddress passed = NONE;

    DestinationCheck(IpAddressFamily family, InetSocketAddress peer, Network network, PathCheck paths) {
        this.family = family;
        this.peer = peer;
        this.network = network;
        this.unrestricted = network == Network.unrestricted();
        this.maxLength = family.maxDatagramSize();
        this.paths = paths;
    }

    /** Whether the network has to be asked: it is foreign code, so under no lock. */
    boolean asksNetwork() {
        return !unrestricted;
    }

    /** A new send begins: the network is to be asked again. */
    void begin() {
        if (!unrestricted) {
            passed = NONE;
            paths.begin();
        }
    }

    /** Why a datagram can't be sent, or null if it can. */
    SocketErrorException refusal(InetSocketAddress remote, DatagramPath path, int length) {
        if (remote != passed) {
            SocketErrorException refusal = refusal(remote);
            if (refusal != null) {
                return refusal;
            }
            passed = remote;
        }
        SocketErrorException refusal = paths.refusal(path);
        return refusal == null ? refusal(length) : refusal;
    }

    /** Why a datagram whose address and path have passed can't be sent, or null. */
    SocketErrorException refusal(int length) {
        return length > maxLength ? tooLarge(length) : null;
    }

    /**
     * Throws why a datagram can't be sent that is sent alone, possibly by several threads at once: the network is asked for
     * each of them, whatever another thread has just been allowed (J1).
     */
    void requireOne(InetSocketAddress remote, DatagramPath path, int length) throws SocketErrorException {
        if (unrestricted) {
            require(remote, path, length);
            return;
        }
        SocketErrorException refusal = refusal(remote);
        refusal = refusal == null ? paths.refusalAnew(path) : refusal;
        refusal = refusal == null ? refusal(length) : refusal;
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Throws why a datagram can't be sent. */
    private void require(InetSocketAddress remote, DatagramPath path, int length) throws SocketErrorException {
        SocketErrorException refusal = refusal(remote, path, length);
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * How many datagrams of a batch can be sent, from the first. A refusal of the first itself is thrown (S3), and what the
     * network throws at any of them: nothing has been sent yet.
     */
    int validPrefix(DatagramBatch batch) throws SocketErrorException {
        int size = batch.size();
        require(batch.remoteAddress(0), batch.path(0), batch.length(0));
        int valid = batch.runEnd(0);
        while (valid < size && refusal(batch.remoteAddress(valid), batch.path(valid), batch.length(valid)) == null) {
            valid = batch.runEnd(valid);
        }
        return valid;
    }

    /** The same of the first elements of an array. */
    int validPrefix(Object[] elements, int count) throws SocketErrorException {
        OutgoingDatagram first = (OutgoingDatagram) elements[0];
        require(first.remoteAddress(), first.path(), first.data().remaining());
        int valid = 1;
        while (valid < count) {
            OutgoingDatagram next = (OutgoingDatagram) elements[valid];
            if (refusal(next.remoteAddress(), next.path(), next.data().remaining()) != null) {
                break;
            }
            valid++;
        }
        return valid;
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
            if (peer != null && !Addresses.isPeer(peer, remote)) {
                return invalid(Addresses.text(remote) + " is not the stream's peer " + Addresses.text(peer)); // E4
            }
        }
        InetSocketAddress destination = remote == null ? peer : remote;
        return unrestricted || network.maySendTo(destination) // N1
                ? null
                : SocketErrors.light(
                        ErrorCode.ACCESS_DENIED,
                        "the network does not allow sending to " + Addresses.text(destination));
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
