// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.component;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

// region blueprint
/** A socket of the provider that Blueprint's reference has. */
public final class BlueprintSender {
    private Object service;
    private UdpSocket socket;
    private OutgoingDatagramStream out;

    /** Of a reference-listener: called again when another provider takes the place of one that has gone. */
    public synchronized void bind(UdpSocketProvider provider, Map<String, ?> properties) throws SocketErrorException {
        close();
        socket = provider.open(new InetSocketAddress("0.0.0.0", 0));
        out = socket.stream().outgoing();
        service = properties.get("service.id");
    }

    public synchronized void unbind(UdpSocketProvider provider, Map<String, ?> properties) {
        if (properties != null && Objects.equals(properties.get("service.id"), service)) { // else another has come
            close();
        }
    }

    public synchronized void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** Says whether a provider is there, and its socket took the line. */
    public synchronized boolean send(String line, InetSocketAddress destination) throws SocketErrorException {
        try {
            return socket != null
                    && out.trySend(new OutgoingDatagram(StandardCharsets.UTF_8.encode(line), destination));
        } catch (SocketErrorException e) {
            if (e.errorCode() == ErrorCode.INVALID_STATE) { // its provider has gone, and Blueprint is about to say so
                return false;
            }
            throw e;
        }
    }
}
// endregion
