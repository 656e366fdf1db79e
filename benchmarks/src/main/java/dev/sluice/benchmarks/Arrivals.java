package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A contender that receives: a list of datagrams is sent to it, off the clock, and it is timed while it takes them. */
abstract class Arrivals implements Contender {
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
    public final Slice run(long nanos) throws Exception {
        long begin = System.nanoTime();
        long timed = 0;
        long datagrams = 0;
        do {
            for (int i = 0; i < list; i++) {
                sender.send(payload, receiver);
                payload.rewind();
            }
            long from = System.nanoTime();
            int taken = 0;
            while (taken < list) {
                int some = take(list - taken);
                if (some == 0) { // on loopback they have arrived when send returns
                    throw new IllegalStateException(taken + " of " + list + " datagrams arrived");
                }
                taken += some;
            }
            timed += System.nanoTime() - from;
            datagrams += taken;
        } while (System.nanoTime() - begin < nanos);
        return new Slice(datagrams, timed);
    }

    @Override
    public void close() throws IOException {
        sender.close();
    }
}
