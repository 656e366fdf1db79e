// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The contenders: what sends, and behind it what receives. */
enum Kind {
    C_LOOP("C, one call each"),
    C_MANY("C sendmmsg"),
    C_COPY("C UDP_SEGMENT, copying"),
    C_CONTIGUOUS("C UDP_SEGMENT, contiguous"),
    CHANNEL("DatagramChannel"),
    CHANNEL_DIRECT("DatagramChannel, direct buffers"),
    LINUX_SOCKET("Netty LinuxSocket by hand"),
    NETTY("Netty"),
    NETTY_SEGMENTED("Netty, SegmentedDatagramPacket"),
    VERTX("Vert.x"),
    NIO_LIST("Sluice nio, list"),
    NIO_BATCH("Sluice nio, batch"),
    EPOLL_LIST("Sluice epoll, list"),
    EPOLL_BATCH("Sluice epoll, batch"),
    FFM_LIST("Sluice ffm, list"),
    FFM_BATCH("Sluice ffm, batch"),

    C_GATHER("C memcpy alone"),
    BATCH_FILL("filling a DatagramBatch alone"),

    C_RECEIVE("C recvfrom"),
    C_RECEIVE_MANY("C recvmmsg"),
    C_RECEIVE_GRO("C recvmmsg, UDP_GRO"),
    CHANNEL_RECEIVE("DatagramChannel.receive"),
    CHANNEL_RECEIVE_KEEPING("DatagramChannel.receive, keeping all"),
    CHANNEL_RECEIVE_ARRAYS("DatagramChannel.receive, into new arrays"),
    NETTY_RECEIVE("Netty, recvmmsg"),
    NETTY_RECEIVE_GRO("Netty, UDP_GRO"),
    NIO_RECEIVE("Sluice nio, receive into a batch"),
    NIO_RECEIVE_LIST("Sluice nio, receive a list"),
    EPOLL_RECEIVE("Sluice epoll, receive into a batch"),
    EPOLL_RECEIVE_LIST("Sluice epoll, receive a list"),
    FFM_RECEIVE("Sluice ffm, receive into a batch"),
    FFM_RECEIVE_ONE("Sluice ffm, receive into a batch, one a call"),
    FFM_RECEIVE_LIST("Sluice ffm, receive a list");

    private static final Set<Kind> CHARTED_RECEIVERS = EnumSet.of(
            C_RECEIVE,
            C_RECEIVE_MANY,
            C_RECEIVE_GRO,
            NETTY_RECEIVE,
            NETTY_RECEIVE_GRO,
            NIO_RECEIVE,
            NIO_RECEIVE_LIST,
            EPOLL_RECEIVE,
            EPOLL_RECEIVE_LIST,
            FFM_RECEIVE,
            FFM_RECEIVE_LIST);

    final String title;

    Kind(String title) {
        this.title = title;
    }

    boolean isSluice() {
        return name().startsWith("NIO") || isEpoll() || isFfm();
    }

    boolean isFfm() {
        return name().startsWith("FFM");
    }

    /** Whether Java is so new that the provider "ffm" was built. */
    static boolean hasFfm() {
        return Runtime.version().feature() >= 22;
    }

    boolean isEpoll() {
        return name().startsWith("EPOLL");
    }

    static List<String> providers() {
        return hasFfm() ? List.of("ffm", "epoll", "nio") : List.of("epoll", "nio");
    }

    /** Whether it is a row of the chart of receivers. */
    boolean isChartedReceiver() {
        return CHARTED_RECEIVERS.contains(this) && (!isFfm() || hasFfm());
    }

    Contender open(Load load, References references) throws Exception {
        return load.place().receiving ? receiver(load, references) : sender(load, references.near());
    }

    Contender sender(Load load, Reference reference) throws Exception {
        return switch (this) {
            case C_LOOP -> reference.sender("loop", load);
            case C_MANY -> reference.sender("many", load);
            case C_COPY -> reference.sender("copy", load);
            case C_CONTIGUOUS -> reference.sender("contiguous", load);
            case C_GATHER -> reference.sender("gather", load);
            case CHANNEL -> new ChannelSend(load, false);
            case CHANNEL_DIRECT -> new ChannelSend(load, true);
            case LINUX_SOCKET -> new LinuxSocketSend(load);
            case NETTY -> new NettySend(load, false);
            case NETTY_SEGMENTED -> new NettySend(load, true);
            case VERTX -> new VertxSend(load);
            case NIO_LIST -> SluiceSend.ofList("nio", load);
            case NIO_BATCH -> SluiceSend.ofBatch("nio", load);
            case EPOLL_LIST -> SluiceSend.ofList("epoll", load);
            case EPOLL_BATCH -> SluiceSend.ofBatch("epoll", load);
            case FFM_LIST -> SluiceSend.ofList("ffm", load);
            case FFM_BATCH -> SluiceSend.ofBatch("ffm", load);
            case BATCH_FILL -> new BatchFill(load);
            default -> throw new IllegalArgumentException(this + " sends nothing");
        };
    }

    private Contender receiver(Load load, References references) throws Exception {
        return switch (this) {
            case C_RECEIVE -> references.near().receiver("recv", load, references.far());
            case C_RECEIVE_MANY -> references.near().receiver("recvmmsg", load, references.far());
            case C_RECEIVE_GRO -> references.near().receiver("gro", load, references.far());
            default -> new Arrivals(javaReceiver(load), load, references.far());
        };
    }

    private Receiver javaReceiver(Load load) throws Exception {
        return switch (this) {
            case CHANNEL_RECEIVE -> new ChannelReceive(load, ChannelReceive.Keeping.NONE);
            case CHANNEL_RECEIVE_KEEPING -> new ChannelReceive(load, ChannelReceive.Keeping.IN_BUFFER);
            case CHANNEL_RECEIVE_ARRAYS -> new ChannelReceive(load, ChannelReceive.Keeping.IN_ARRAYS);
            case NETTY_RECEIVE -> new NettyReceive(load, false);
            case NETTY_RECEIVE_GRO -> new NettyReceive(load, true);
            case NIO_RECEIVE -> SluiceReceive.ofBatch("nio", load, load.list());
            case NIO_RECEIVE_LIST -> SluiceReceive.ofList("nio", load);
            case EPOLL_RECEIVE -> SluiceReceive.ofBatch("epoll", load, load.list());
            case EPOLL_RECEIVE_LIST -> SluiceReceive.ofList("epoll", load);
            case FFM_RECEIVE -> SluiceReceive.ofBatch("ffm", load, load.list());
            case FFM_RECEIVE_ONE -> SluiceReceive.ofBatch("ffm", load, 1);
            case FFM_RECEIVE_LIST -> SluiceReceive.ofList("ffm", load);
            default -> throw new IllegalArgumentException(this + " receives nothing");
        };
    }
}
