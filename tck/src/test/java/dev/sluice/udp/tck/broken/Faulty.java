// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** A transport that passes everything on to a sound one; a fault overrides one method. */
class Faulty implements DatagramTransport {
    final DatagramTransport sound;

    Faulty(DatagramTransport sound) {
        this.sound = sound;
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws IOException {
        return sound.bind(local);
    }

    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        return sound.connect(remote);
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        return sound.send(batch, from, to);
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        return sound.receive(into, max);
    }

    @Override
    public int readiness(int interest) throws IOException {
        return sound.readiness(interest);
    }

    @Override
    public void arm(int interest, Runnable ready) throws IOException {
        sound.arm(interest, ready);
    }

    @Override
    public Set<TransportOption> supportedOptions() {
        return sound.supportedOptions();
    }

    @Override
    public long get(TransportOption option) throws IOException {
        return sound.get(option);
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        sound.set(option, value);
    }

    @Override
    public void close() {
        sound.close();
    }
}
