// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
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
        Delivery.of(patient(sender));
        bundle(EPOLL).stop();
        try {
            Delivery.of(patient(sender));
            bundle(NIO).stop();
            bundle(EPOLL).start();
            Delivery.of(patient(sender));
        } finally {
            bundle(EPOLL).start();
            bundle(NIO).start();
        }
        Delivery.of(patient(sender));
    }

    /** Blueprint tells a listener on a thread of its own: until then there is no socket. */
    private static Delivery.Sending patient(BlueprintSender sender) {
        return (line, destination) -> {
            long end = System.nanoTime() + PATIENCE.toNanos();
            boolean sent;
            do {
                sent = sender.send(line, destination);
                Thread.yield();
            } while (!sent && System.nanoTime() < end);
            return sent;
        };
    }
}
