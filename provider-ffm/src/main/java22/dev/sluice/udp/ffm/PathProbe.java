// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EphemeralPort;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Finds out whether the kernel tells the path of a datagram and lets it be chosen: sends one on loopback (V2a). */
final class PathProbe {
    private static final int LARGEST = IpAddressFamily.IPV4.maxDatagramSize();

    private PathProbe() {}

    static boolean works(InetAddress loopback) throws SocketErrorException {
        KernelSocket socket = KernelSocket.open(IpAddressFamily.IPV4);
        CoalescingReceiver receiver = new CoalescingReceiver(socket, Intake.pool(), LARGEST, Arena.ofAuto());
        try {
            receiver.receivePaths(true);
            return isTold(socket, receiver, DatagramPath.from(loopback).withEcn(DatagramPath.ECT_0));
        } catch (SocketErrorException refused) {
            return false;
        } finally {
            receiver.close();
            socket.close();
        }
    }

    /** What does not come in time, or can't be sent because there is no loopback interface, shows nothing. */
    private static boolean isTold(KernelSocket socket, CoalescingReceiver receiver, DatagramPath path)
            throws SocketErrorException {
        InetSocketAddress local;
        try {
            local = EphemeralPort.bind(socket, new InetSocketAddress(path.localAddress(), 0));
        } catch (SocketErrorException e) {
            return true;
        }
        DatagramBatch batch = new DatagramBatch(1, LARGEST);
        MessageSender sender = new MessageSender(socket);
        sender.prepare(batch.memory(), 0, 1, 0, local, path);
        if (sender.sendPrepared() == 0) {
            return true;
        }
        PollCall call = new PollCall();
        try {
            call.await(socket.descriptor(), DatagramTransport.READABLE, Probe.PATIENCE_NANOS);
        } finally {
            call.close();
        }
        return receiver.receive(batch, 1) == 0 || isSame(path, batch.path(0));
    }

    private static boolean isSame(DatagramPath sent, DatagramPath received) {
        return received != null
                && sent.localAddress().equals(received.localAddress())
                && sent.ecn() == received.ecn()
                && received.interfaceIndex() != 0;
    }
}
