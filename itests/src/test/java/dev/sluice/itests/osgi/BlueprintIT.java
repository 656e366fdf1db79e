package dev.sluice.itests.osgi;

import dev.sluice.itests.component.BlueprintSender;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** V1 and V3 for Blueprint: a bean that gets its provider by a reference-listener. */
@InFramework
class BlueprintIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {
            Bundles.blueprint(),
            Bundles.declarativeServices(),
            Bundles.consumer(),
            Bundles.api(),
            Bundles.nio(),
            Bundles.epoll()
        };
    }

    @Test
    void V3_theBeanSendsThroughWhatIsThere() throws Exception {
        BlueprintSender sender = service(BlueprintSender.class);
        Delivery.of(sender::send);
        bundle(EPOLL).stop();
        try {
            Delivery.of(sender::send);
            bundle(NIO).stop();
            bundle(EPOLL).start();
            Delivery.of(sender::send);
        } finally {
            bundle(EPOLL).start();
            bundle(NIO).start();
        }
        Delivery.of(sender::send);
    }
}
