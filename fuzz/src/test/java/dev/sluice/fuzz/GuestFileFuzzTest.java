package dev.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.udp.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that say that they are core modules or components; the guests of {@code endive}'s tests are where it begins. */
class GuestFileFuzzTest {
    private static final int LARGEST = 15_000;

    static Stream<byte[]> guests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../endive/src/test/guests"))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".wasm") && file.toFile().length() <= LARGEST)
                    .sorted()
                    .map(GuestFileFuzzTest::read)
                    .toList()
                    .stream();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("guests")
    @FuzzTest
    void filesAreRefusedOrRun(byte[] file) throws Exception {
        Guests.run(file, new UdpOnly());
    }

    /** Says nothing of TCP, which is denied so: a connection that a guest opens is no finding, but the fuzzer takes it for one. */
    private record UdpOnly() implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return true;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return true;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return true;
        }
    }
}
