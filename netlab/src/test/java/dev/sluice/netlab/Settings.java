package dev.sluice.netlab;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Both providers, which must be there, and both families. */
final class Settings {
    private Settings() {}

    static Stream<Arguments> all() {
        return Stream.of("nio", "epoll")
                .flatMap(name -> Arrays.stream(Family.values()).map(family -> Arguments.of(name, family)));
    }
}
