// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lists, networks and actions of the application's: called under no lock, and believed nothing (U8, S7, N1). */
class ForeignCodeTest extends Scripted {

    /** A list that does something of its own whenever it is asked for its elements. */
    private static class Odd extends AbstractList<OutgoingDatagram> {
        final List<OutgoingDatagram> elements = new ArrayList<>(datagrams(3));

        @Override
        public OutgoingDatagram get(int index) {
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    private void assertUnlocked(UdpSocket socket) {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                socket.setSendBufferSize(1); // needs every lock
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        try {
            other.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("foreign code runs under a lock", e);
        }
    }

    @Test
    void U8_aListIsReadUnderNoLock() throws Exception {
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(PEER).outgoing();
        Odd list = new Odd() {
            @Override
            public OutgoingDatagram get(int index) {
                assertUnlocked(socket);
                return super.get(index);
            }

            @Override
            public int size() {
                assertUnlocked(socket);
                return super.size();
            }
        };
        assertEquals(3, send(out, list));
    }

    @Test
    void U8_actionsRunUnderNoLock() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        List<String> ran = new ArrayList<>();
        streams.incoming().subscribe().onReady(() -> {
            assertUnlocked(socket);
            ran.add("superseded");
        });
        socket.stream(null).incoming().subscribe().onReady(() -> {
            assertUnlockedWhenClosed(socket);
            ran.add("closed");
        });
        socket.close();
        assertEquals(List.of("superseded", "closed"), ran);
    }

    private void assertUnlockedWhenClosed(UdpSocket socket) {
        try {
            CompletableFuture.runAsync(socket::close).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("an action runs under a lock", e);
        }
    }

    @Test
    void S7_aListThatIsShorterThanItSaidSendsNothing() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        Odd list = new Odd() {
            @Override
            public int size() {
                return 5;
            }

            @Override
            public <T> T[] toArray(T[] array) {
                return elements.toArray(array);
            }
        };
        assertThrows(RuntimeException.class, () -> send(out, list));
        assertEquals(List.of(), sent());
    }

    @Test
    void S7_aListThatHasGrownSendsWhatItSaidFirst() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        Odd list = new Odd() {
            @Override
            public <T> T[] toArray(T[] array) {
                return datagrams(2_000).toArray(array);
            }
        };
        assertEquals(3, send(out, list));
        assertEquals(texts(3), sent());
        assertEquals(5, send(out, datagrams(5)));
    }

    @Test
    void N1_aListCantChangeWhatWasAllowed() throws Exception {
        Network network = new OpenNetwork() {
            @Override
            public boolean maySendTo(InetSocketAddress remote) {
                return !remote.equals(OTHER);
            }
        };
        OutgoingDatagramStream out = bound(network).stream(null).outgoing();
        Odd list = new Odd();
        transport.onSend(
                () -> { // between the check and the sending of the rest
                    list.elements.set(1, datagram("forbidden", OTHER));
                    list.elements.set(2, datagram("forbidden", OTHER));
                    return 1;
                });
        list.elements.set(0, new OutgoingDatagram(ByteBuffer.allocate(60_000), PEER));
        list.elements.set(1, new OutgoingDatagram(ByteBuffer.allocate(60_000), PEER));
        assertEquals(3, send(out, list), "what was checked is what is sent");
        assertTrue(transport.sent().stream().allMatch(sent -> sent.remote().equals(PEER)));
    }

    @Test
    void S2_aBufferThatGrowsMeanwhileDoesNotTakeTheCountAway() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        ByteBuffer growing = ByteBuffer.allocate(70_000).limit(1);
        List<OutgoingDatagram> list = new ArrayList<>(Collections.nCopies(130, datagram("x", PEER)));
        list.set(128, new OutgoingDatagram(growing, PEER)); // the first of the second send
        transport.onSend(() -> {
            growing.limit(70_000);
            return 128;
        });
        assertEquals(128, send(out, list));
        assertEquals(128, transport.sent().size());
    }
}
