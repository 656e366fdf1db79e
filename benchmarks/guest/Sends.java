import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the guest "throughput" does, from Java: at each line of input it sends COUNT datagrams of 64 B in lists of 128, and
 * prints how many nanoseconds one took. Arguments: list or batch, the address, connected or not, the count.
 */
final class Sends {
    private static final int LIST = 128;
    private static final int SIZE = 64;

    public static void main(String[] args) throws Exception {
        boolean batched = args[0].equals("batch");
        InetSocketAddress to = new InetSocketAddress(InetAddress.getByName(args[1]), 9);
        boolean connected = args[2].equals("yes");
        int count = Integer.parseInt(args[3]);
        InetSocketAddress each = connected ? null : to;
        try (UdpSocket socket = UdpSockets.provider("epoll").createSocket(IpAddressFamily.IPV4)) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));
            OutgoingDatagramStream out =
                    socket.stream(connected ? to : null).outgoing();
            DatagramBatch batch = new DatagramBatch(LIST, LIST * SIZE);
            List<OutgoingDatagram> list = new ArrayList<>();
            for (int i = 0; i < LIST; i++) {
                ByteBuffer payload = ByteBuffer.allocate(SIZE);
                batch.add(each, payload);
                list.add(new OutgoingDatagram(payload, each));
            }
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            while (in.readLine() != null) {
                long begin = System.nanoTime();
                for (int sent = 0; sent < count; ) {
                    int most = Math.min(count - sent, LIST);
                    int permitted = out.checkSend();
                    if (permitted == 0) {
                        out.subscribe().block();
                        continue;
                    }
                    int next = Math.min(permitted, most);
                    sent += batched ? out.send(batch, 0, next) : out.send(list.subList(0, next));
                }
                System.out.println((System.nanoTime() - begin) / count);
            }
        }
    }
}
