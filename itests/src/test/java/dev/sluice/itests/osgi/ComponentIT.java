package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.component.ProviderFollower;
import dev.sluice.itests.component.TrackedSender;
import dev.sluice.itests.quickstart.osgi.LineSender;
import dev.sluice.udp.UdpSocketProvider;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** V1 to V3 for Declarative Services: components that get their provider by a reference. */
@InFramework
class ComponentIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {
            Bundles.declarativeServices(), Bundles.consumer(), Bundles.api(), Bundles.nio(), Bundles.epoll()
        };
    }

    @Test
    void V2_referenceTakesTheHighestRanking() throws Exception {
        UdpSocketProvider bound = service(ProviderFollower.class).awaitProvider("epoll", PATIENCE);
        assertEquals("epoll", bound.name());
        Exchange.between(bound, bound);
    }

    @Test
    void V3_quickStartIsMadeAnewWithTheBestThereIs() throws Exception {
        assertEquals("epoll", service(LineSender.class).providerName());
        assertDelivers(service(LineSender.class));
        bundle(EPOLL).stop();
        try {
            assertEquals("nio", service(LineSender.class).providerName());
            assertDelivers(service(LineSender.class));
        } finally {
            bundle(EPOLL).start();
        }
        assertEquals("epoll", service(LineSender.class).providerName(), "registering is synchronous");
        assertDelivers(service(LineSender.class));
    }

    @Test
    void V3_theOtherIsTakenAndTakenBack() throws Exception {
        ProviderFollower follower = service(ProviderFollower.class);
        assertEquals("epoll", follower.awaitProvider("epoll", PATIENCE).name());
        bundle(EPOLL).stop();
        try {
            assertEquals("nio", follower.provider().name(), "unregistering is synchronous, and so is rebinding");
            Exchange.between(follower.provider(), follower.provider());
        } finally {
            bundle(EPOLL).start();
        }
        UdpSocketProvider back = follower.awaitProvider("epoll", PATIENCE);
        assertEquals("epoll", back.name());
        Exchange.between(back, provider("nio"));
    }

    @Test
    void V3_aTrackerFollowsToo() throws Exception {
        TrackedSender sender = new TrackedSender(context);
        sender.open();
        try {
            assertDelivers(sender::send);
            bundle(EPOLL).stop();
            assertEquals(1, sender.size());
            assertDelivers(sender::send);
            bundle(EPOLL).start();
            assertEquals(2, sender.size());
            assertDelivers(sender::send);
        } finally {
            bundle(EPOLL).start();
            sender.close();
        }
    }

    /** Whatever sends a line. */
    private interface Sending {
        boolean send(String line, InetSocketAddress destination) throws Exception;
    }

    private static void assertDelivers(LineSender sender) throws Exception {
        assertDelivers(sender::send);
    }

    private static void assertDelivers(Sending sender) throws Exception {
        try (DatagramSocket receiver =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            receiver.setSoTimeout((int) PATIENCE.toMillis());
            assertTrue(sender.send("gauge:42", (InetSocketAddress) receiver.getLocalSocketAddress()));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            receiver.receive(packet);
            assertEquals("gauge:42", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }
}
