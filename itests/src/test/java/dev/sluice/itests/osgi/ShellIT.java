// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The command {@code sluice:providers} in a shell, with one provider that is there and one that can't be. */
@InFramework
class ShellIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {Bundles.shell(), Bundles.api(), Bundles.nio(), Bundles.epollWithoutNative()};
    }

    @Test
    void V2_theCommandListsProvidersAndWhyNot() throws Exception {
        CommandProcessor processor = service(CommandProcessor.class);
        try (CommandSession session = processor.createSession(
                InputStream.nullInputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream())) {
            List<String> lines =
                    session.execute("sluice:providers").toString().lines().toList();
            assertEquals(3, lines.size(), lines::toString);
            assertTrue(lines.get(0).matches("NAME +RANKING +BUNDLE +CAN DO, OR WHY NOT"), lines::toString);
            long nio = bundle(NIO).getBundleId();
            assertTrue(lines.get(1).matches("nio +0 +" + nio + " +multicast.*"), lines::toString);
            long epoll = bundle(EPOLL).getBundleId();
            assertTrue(lines.get(2).matches("epoll +- +" + epoll + " +\\S.*native.*"), lines::toString);
        }
    }
}
