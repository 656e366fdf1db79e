package dev.sluice.endive;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/** {@code wasi:sockets/udp}. */
final class UdpInterface {
    private static final String SOCKET = "[method]udp-socket.";
    private static final String INCOMING = "[method]incoming-datagram-stream.";
    private static final String OUTGOING = "[method]outgoing-datagram-stream.";

    private UdpInterface() {}

    static void declare(Functions functions) {
        functions
                .in("wasi:sockets/udp")
                .drop("udp-socket", UdpSocketResource.class)
                .socket(
                        SOCKET + "start-bind",
                        "handle handle ip-socket-address",
                        ResultLayout.NOTHING,
                        UdpInterface::startBind)
                .socket(SOCKET + "finish-bind", "handle", ResultLayout.NOTHING, UdpInterface::finishBind)
                .socket(
                        SOCKET + "stream",
                        "handle option-ip-socket-address",
                        ResultLayout.TWO_HANDLES,
                        UdpInterface::stream)
                .socket(SOCKET + "local-address", "handle", ResultLayout.SOCKET_ADDRESS, UdpInterface::localAddress)
                .socket(SOCKET + "remote-address", "handle", ResultLayout.SOCKET_ADDRESS, UdpInterface::remoteAddress)
                .plain(SOCKET + "address-family", "handle -> i32", UdpInterface::addressFamily)
                .socket(SOCKET + "unicast-hop-limit", "handle", ResultLayout.U8, UdpInterface::hopLimit)
                .socket(SOCKET + "set-unicast-hop-limit", "handle i32", ResultLayout.NOTHING, UdpInterface::setHopLimit)
                .socket(SOCKET + "receive-buffer-size", "handle", ResultLayout.U64, UdpInterface::receiveBufferSize)
                .socket(
                        SOCKET + "set-receive-buffer-size",
                        "handle i64",
                        ResultLayout.NOTHING,
                        UdpInterface::setReceiveBufferSize)
                .socket(SOCKET + "send-buffer-size", "handle", ResultLayout.U64, UdpInterface::sendBufferSize)
                .socket(
                        SOCKET + "set-send-buffer-size",
                        "handle i64",
                        ResultLayout.NOTHING,
                        UdpInterface::setSendBufferSize)
                .plain(SOCKET + "subscribe", "handle -> handle", UdpInterface::subscribeSocket)
                .drop("incoming-datagram-stream", IncomingDatagramStreamResource.class)
                .socket(INCOMING + "receive", "handle i64", ResultLayout.LIST, UdpInterface::receive)
                .plain(INCOMING + "subscribe", "handle -> handle", UdpInterface::subscribeIncoming)
                .drop("outgoing-datagram-stream", OutgoingDatagramStreamResource.class)
                .socket(OUTGOING + "check-send", "handle", ResultLayout.U64, UdpInterface::checkSend)
                .socket(OUTGOING + "send", "handle list", ResultLayout.U64, UdpInterface::send)
                .plain(OUTGOING + "subscribe", "handle -> handle", UdpInterface::subscribeOutgoing);
    }

    private static UdpSocketResource socket(Call call) {
        return call.self(UdpSocketResource.class);
    }

    /**
     * Binding never takes time here, so the work is done at once, and {@code finish-bind} has nothing left to fail with.
     * The socket counts as bound from then on.
     */
    private static void startBind(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        NetworkResource network = call.resource(1, NetworkResource.class);
        InetSocketAddress local = AddressCodec.lift(call, 2);
        if (self.bindInProgress) {
            throw error(ErrorCode.CONCURRENCY_CONFLICT, "start-bind was called already; finish-bind is to follow");
        }
        self.socket.bind(network.network(), local);
        self.bindInProgress = true;
    }

    private static void finishBind(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        if (!self.bindInProgress) {
            throw error(ErrorCode.NOT_IN_PROGRESS, "start-bind was not called, or is finished");
        }
        self.bindInProgress = false;
    }

    private static void ensureNotBinding(UdpSocketResource self) throws SocketErrorException {
        if (self.bindInProgress) {
            throw error(ErrorCode.INVALID_STATE, "the socket isn't bound before finish-bind");
        }
    }

    private static void stream(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        InetSocketAddress remote = AddressCodec.liftOption(call, 1);
        ensureNotBinding(self);
        DatagramStreams streams = self.socket.stream(remote);
        int incoming = call.addChild(new IncomingDatagramStreamResource(streams.incoming()));
        int outgoing = call.addChild(new OutgoingDatagramStreamResource(streams.outgoing()));
        call.memory().putInt(payload, incoming);
        call.memory().putInt(payload + 4, outgoing);
    }

    private static void localAddress(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        ensureNotBinding(self);
        putAddress(call, payload, self.socket.localAddress());
    }

    private static void remoteAddress(Call call, int payload) throws SocketErrorException {
        putAddress(call, payload, socket(call).socket.remoteAddress());
    }

    private static void putAddress(Call call, int payload, InetSocketAddress address) {
        byte[] bytes = new byte[AddressCodec.SIZE];
        AddressCodec.lower(address, bytes, 0);
        call.memory().putBytes(payload, bytes, 0, bytes.length);
    }

    private static long addressFamily(Call call) {
        return socket(call).socket.addressFamily() == IpAddressFamily.IPV4 ? 0 : 1;
    }

    private static void hopLimit(Call call, int payload) throws SocketErrorException {
        call.memory().putByte(payload, socket(call).socket.unicastHopLimit());
    }

    private static void setHopLimit(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setUnicastHopLimit(call.i32(1) & 0xff);
    }

    private static void receiveBufferSize(Call call, int payload) throws SocketErrorException {
        call.memory().putLong(payload, socket(call).socket.receiveBufferSize());
    }

    private static void setReceiveBufferSize(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setReceiveBufferSize(call.i64(1));
    }

    private static void sendBufferSize(Call call, int payload) throws SocketErrorException {
        call.memory().putLong(payload, socket(call).socket.sendBufferSize());
    }

    private static void setSendBufferSize(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setSendBufferSize(call.i64(1));
    }

    private static long subscribeSocket(Call call) {
        return call.addChild(new PollableResource(socket(call).socket.subscribe()));
    }

    private static void receive(Call call, int payload) throws SocketErrorException {
        IncomingDatagramStreamResource self = call.self(IncomingDatagramStreamResource.class);
        int limit = call.guest.limits().datagramsPerReceive();
        int max = Long.compareUnsigned(call.i64(1), limit) > 0 ? limit : (int) call.i64(1);
        Datagrams datagrams = call.guest.datagrams();
        DatagramBatch received = datagrams.forReceiving();
        self.stream().receive(received, max);
        datagrams.lower(received, call.memory(), payload);
    }

    private static long subscribeIncoming(Call call) {
        IncomingDatagramStreamResource self = call.self(IncomingDatagramStreamResource.class);
        return call.addChild(new PollableResource(self.stream().subscribe()));
    }

    private static void checkSend(Call call, int payload) throws SocketErrorException {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        self.permitted = 0;
        self.permitted =
                Math.min(self.stream.checkSend(), call.guest.datagrams().mostPermitted());
        call.memory().putLong(payload, self.permitted);
    }

    private static void send(Call call, int payload) throws SocketErrorException {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        Datagrams datagrams = call.guest.datagrams();
        int pointer = call.i32(1);
        int count = call.i32(2);
        Datagrams.checkOutgoing(call.memory(), pointer, count);
        ensureLive(self, datagrams);
        if (count > self.permitted) {
            throw new Trap("send of " + count + " datagrams, but check-send permitted " + self.permitted);
        }
        int sent = 0;
        if (count > 0) {
            self.permitted = 0;
            DatagramBatch batch = datagrams.lift(call.memory(), pointer, count);
            sent = self.stream.send(batch, 0, count);
        }
        call.memory().putLong(payload, sent);
    }

    /** What has ended answers invalid-state, whatever is permitted; an empty send asks, and spends nothing (S4). */
    private static void ensureLive(OutgoingDatagramStreamResource self, Datagrams datagrams)
            throws SocketErrorException {
        self.stream.send(datagrams.empty(), 0, 0);
    }

    private static long subscribeOutgoing(Call call) {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        return call.addChild(new PollableResource(self.stream.subscribe()));
    }

    private static SocketErrorException error(ErrorCode code, String message) {
        return new SocketErrorException(code, message);
    }
}
