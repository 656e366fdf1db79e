// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.fake;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.util.Optional;
import java.util.Set;

/** Providers for the tests of discovery: each one is well or broken in one way. */
public abstract class FakeProvider implements UdpSocketProvider {
    private final String name;
    private final int priority;

    FakeProvider(String name, int priority) {
        this.name = name;
        this.priority = priority;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Optional<String> unavailability() {
        return Optional.empty();
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Set.of();
    }

    @Override
    public UdpSocket createSocket(IpAddressFamily family) {
        throw new UnsupportedOperationException("a fake");
    }

    public static final class Low extends FakeProvider {
        public Low() {
            super("low", 1);
        }
    }

    public static final class High extends FakeProvider {
        public High() {
            super("high", 2);
        }
    }

    /** As high as {@link High}, and later in the alphabet. */
    public static final class Higher extends FakeProvider {
        public Higher() {
            super("higher", 2);
        }
    }

    /** Says by its unavailability whether it was closed. */
    public static final class Closable extends FakeProvider implements AutoCloseable {
        private volatile boolean closed;

        public Closable() {
            super("closable", 3);
        }

        @Override
        public Optional<String> unavailability() {
            return closed ? Optional.of("closed") : Optional.empty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    public static final class FailsToClose extends FakeProvider implements AutoCloseable {
        public FailsToClose() {
            super("stubborn", 4);
        }

        @Override
        public void close() {
            throw new IllegalStateException("no luck in closing");
        }
    }

    /** Above all others, and unavailable. */
    public static final class Unavailable extends FakeProvider {
        public Unavailable() {
            super("absent", 100);
        }

        @Override
        public Optional<String> unavailability() {
            return Optional.of("the machine is of the wrong colour");
        }
    }

    /** Above all others, and unavailable the first two times. */
    public static final class LateProvider extends FakeProvider {
        private static int asked;

        public LateProvider() {
            super("late", 100);
        }

        @Override
        public Optional<String> unavailability() {
            return asked++ < 2 ? Optional.of("not yet") : Optional.empty();
        }

        @Override
        public boolean mayBecomeAvailable() {
            return true;
        }
    }

    public static final class FailsInConstructor extends FakeProvider {
        public FailsInConstructor() {
            super("broken", 100);
            throw new IllegalStateException("no luck in the constructor");
        }
    }

    public static final class FailsInStaticInitializer extends FakeProvider {
        private static final int NUMBER = Integer.parseInt("not a number");

        public FailsInStaticInitializer() {
            super("broken", NUMBER);
        }
    }

    /** Needs {@link Library} as soon as it is made; the tests hide that class. */
    public static final class NeedsLibrary extends FakeProvider {
        public NeedsLibrary() {
            super("broken", new Library().number());
        }
    }

    /** Needs {@link Library} as soon as it is loaded. */
    public static final class ExtendsLibrary extends Library {
        public ExtendsLibrary() {}
    }

    public static class Library extends FakeProvider {
        public Library() {
            super("library", 100);
        }

        int number() {
            return 100;
        }
    }

    public static final class FailsWhenAsked extends FakeProvider {
        public FailsWhenAsked() {
            super("broken", 100);
        }

        @Override
        public Optional<String> unavailability() {
            throw new UnsatisfiedLinkError("no such native library");
        }
    }

    public static final class FailsAtPriority extends FakeProvider {
        public FailsAtPriority() {
            super("broken", 100);
        }

        @Override
        public int priority() {
            throw new IllegalStateException("no idea how good I am");
        }
    }

    public static final class Nameless extends FakeProvider {
        public Nameless() {
            super(null, 100);
        }
    }

    public static final class NoProvider {
        public NoProvider() {}
    }

    public static final class WithoutPublicConstructor extends FakeProvider {
        WithoutPublicConstructor() {
            super("broken", 100);
        }
    }
}
