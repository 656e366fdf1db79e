package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A contender that receives: a list of datagrams is sent to it, off the clock, and it is timed while it takes them. A
 * slice is over when it was timed for so long, though most of it is sending: else a slice would be a handful of lists.
 */
abstract class Arrivals implements Contender {
    /** How many are sent at a time while warming up: sending takes most of the time, and it is calls that count there. */
    private static final int WARM_UP_LIST = 4;

    final DatagramChannel sender;
    private final int list;
    private final ByteBuffer payload;
    private InetSocketAddress receiver;

    Arrivals(Load load) throws Exception {
        list = load.list();
        payload = ByteBuffer.allocateDirect(load.size(0));
        sender = DatagramChannel.open(StandardProtocolFamily.INET);
        sender.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    final InetSocketAddress source() throws Exception {
        return (InetSocketAddress) sender.getLocalAddress();
    }

    final void receiver(InetSocketAddress address) {
        receiver = address;
    }

    /** Takes what is there, up to that many, and says how many. */
    abstract int take(int most) throws Exception;

    @Override
    public final void warmUp() throws Exception {
        run(0, Math.min(WARM_UP_LIST, list));
    }

    @Override
    public final Slice run(long nanos) throws Exception {
        return run(nanos, list);
    }

    private Slice run(long nanos, int length) throws Exception {
        long timed = 0;
        long datagrams = 0;
        do {
            for (int i = 0; i < length; i++) {
                sender.send(payload, receiver);
                payload.rewind();
            }
            long from = System.nanoTime();
            int taken = 0;
            while (taken < length) {
                int some = take(length - taken);
                if (some == 0) { // on loopback they have arrived when send returns
                    throw new IllegalStateException(taken + " of " + length + " datagrams arrived");
                }
                taken += some;
            }
            timed += System.nanoTime() - from;
            datagrams += taken;
        } while (timed < nanos);
        return new Slice(datagrams, timed);
    }

    @Override
    public void close() throws IOException {
        sender.close();
    }
}
