package dev.sluice.benchmarks;

/** The contenders. */
enum Kind {
    C_LOOP("C, one call each"),
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

    CHANNEL_RECEIVE("DatagramChannel.receive"),
    CHANNEL_RECEIVE_KEEPING("DatagramChannel.receive, keeping all"),
    NIO_RECEIVE("Sluice nio, receive into a batch"),
    NIO_RECEIVE_LIST("Sluice nio, receive a list"),
    EPOLL_RECEIVE("Sluice epoll, receive into a batch"),
    EPOLL_RECEIVE_LIST("Sluice epoll, receive a list"),
    FFM_RECEIVE("Sluice ffm, receive into a batch"),
    FFM_RECEIVE_LIST("Sluice ffm, receive a list");

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

    Contender open(Load load, Reference reference) throws Exception {
        return switch (this) {
            case C_LOOP -> reference.open("loop", load);
            case C_COPY -> reference.open("copy", load);
            case C_CONTIGUOUS -> reference.open("contiguous", load);
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
            case C_GATHER -> reference.open("gather", load);
            case BATCH_FILL -> new BatchFill(load);
            case CHANNEL_RECEIVE -> new ChannelReceive(load, false);
            case CHANNEL_RECEIVE_KEEPING -> new ChannelReceive(load, true);
            case NIO_RECEIVE -> new SluiceReceive("nio", load, false);
            case NIO_RECEIVE_LIST -> new SluiceReceive("nio", load, true);
            case EPOLL_RECEIVE -> new SluiceReceive("epoll", load, false);
            case EPOLL_RECEIVE_LIST -> new SluiceReceive("epoll", load, true);
            case FFM_RECEIVE -> new SluiceReceive("ffm", load, false);
            case FFM_RECEIVE_LIST -> new SluiceReceive("ffm", load, true);
        };
    }
}
