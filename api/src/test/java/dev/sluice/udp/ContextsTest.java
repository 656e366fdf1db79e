// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.fake.FakeProvider;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** V6: which application has which instance, and when an instance ends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContextsTest {
    private static final String LOW = FakeProvider.Low.class.getName();
    private static final String CLOSABLE = FakeProvider.Closable.class.getName();
    private static final String STUBBORN = FakeProvider.FailsToClose.class.getName();
    private static final Optional<String> CLOSED = Optional.of("closed");

    /** What each web application has for itself. */
    private static final Set<String> OWN = Set.of(FakeProvider.class.getName(), CLOSABLE);

    @TempDir
    Path shared;

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void V6_whatIsHandedOutCanNotBeClosed() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE)) {
            assertFalse(here.provider() instanceof AutoCloseable);
            assertThrows(
                    NoSuchMethodException.class,
                    () -> here.provider().getClass().getMethod("close"));
        }
    }

    @Test
    void V6_aViewOfAnOwnProviderCanNotBeClosedEither() {
        FakeProvider.Closable own = new FakeProvider.Closable();
        UdpSocketProvider view = UdpSockets.withoutClose(own);
        assertFalse(view instanceof AutoCloseable);
        assertSame(view, UdpSockets.withoutClose(view));
        own.close();
        assertEquals(CLOSED, view.unavailability());
        assertThrows(NullPointerException.class, () -> UdpSockets.withoutClose(null));
    }

    @Test
    void V2_whatMayBecomeAvailableIsLookedForAgain() throws Exception {
        try (Installation here = new Installation(shared, LOW, FakeProvider.LateProvider.class.getName())) {
            Object low = here.provider();
            assertEquals("low", Installation.nameOf(low));
            assertSame(low, here.provider());
            Object late = here.provider();
            assertEquals("late", Installation.nameOf(late));
            assertSame(late, here.provider());
        }
    }

    @Test
    void V6_shutdownClosesAndTheNextCallMakesAnew() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE)) {
            here.shutdown(); // of nothing
            Object before = here.provider();
            here.shutdown();
            assertEquals(CLOSED, Installation.unavailabilityOf(before));
            here.shutdown();
            Object after = here.provider();
            assertNotSame(before, after);
            assertEquals(Optional.empty(), Installation.unavailabilityOf(after));
            assertSame(after, here.provider());
        }
    }

    @Test
    void V6_webApplicationsOfSharedJarsHaveInstancesOfTheirOwn() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE);
                URLClassLoader one = here.webApplication(first);
                URLClassLoader other = here.webApplication(second)) {
            assertTheyAreIndependent(here, one, other);
        }
    }

    @Test
    void V6_webApplicationsOfOwnJarsHaveInstancesOfTheirOwn() throws Exception {
        try (Installation here = new Installation(shared, OWN);
                URLClassLoader one = here.webApplication(first, CLOSABLE);
                URLClassLoader other = here.webApplication(second, CLOSABLE)) {
            assertTheyAreIndependent(here, one, other);
        }
    }

    private static void assertTheyAreIndependent(Installation here, ClassLoader one, ClassLoader other) {
        Object ofOne = here.in(one).provider();
        Object ofOther = here.in(other).provider();
        assertNotSame(ofOne, ofOther);
        assertSame(ofOne, here.in(one).provider());
        here.in(one).shutdown();
        assertEquals(CLOSED, Installation.unavailabilityOf(ofOne));
        assertEquals(Optional.empty(), Installation.unavailabilityOf(ofOther));
        assertSame(ofOther, here.in(other).provider());
        assertNotSame(ofOne, here.in(one).provider());
    }

    @Test
    void V6_shutdownOfAContextThatHasAskedForNothingTakesNothingFromOthers() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE);
                URLClassLoader idle = here.webApplication(first)) {
            Object provider = here.provider();
            here.in(idle).shutdown();
            assertEquals(Optional.empty(), Installation.unavailabilityOf(provider));
        }
    }

    @Test
    void V6_aContextWithoutProvidersShutsDownWhatItWasGiven() throws Exception {
        ClassLoader without = ClassLoader.getPlatformClassLoader();
        try (Installation here = new Installation(shared, CLOSABLE)) {
            Object provider = here.in(without).provider();
            assertSame(provider, here.in(null).provider());
            here.in(without).shutdown();
            assertEquals(CLOSED, Installation.unavailabilityOf(provider));
            assertEquals(
                    Optional.empty(),
                    Installation.unavailabilityOf(here.in(null).provider()));
        }
    }

    @Test
    void V6_oneThatCanNotBeClosedKeepsNoOtherOpen() throws Exception {
        try (Installation here = new Installation(shared, STUBBORN, LOW, CLOSABLE)) {
            List<String> all = List.of("stubborn", "closable", "low");
            assertEquals(all, here.providers());
            Object closable = here.provider("closable");
            Throwable failure =
                    assertThrows(AssertionError.class, here::shutdown).getCause();
            assertInstanceOf(IllegalStateException.class, failure);
            assertTrue(failure.getMessage().contains(STUBBORN), failure::getMessage);
            assertEquals("no luck in closing", failure.getSuppressed()[0].getMessage());
            assertEquals(CLOSED, Installation.unavailabilityOf(closable));
            assertEquals(all, here.providers());
        }
    }

    @Test
    void V6_anInstanceLivesAsLongAsItsApplication() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE)) {
            WeakReference<Object> instance = new WeakReference<>(here.provider());
            collectGarbage();
            assertSame(instance.get(), here.provider());
        }
    }

    @Test
    void V6_webApplicationsAreCollected() throws Exception {
        try (Installation here = new Installation(shared, OWN)) {
            awaitCollected(usedAndDropped(here, first, false, CLOSABLE));
            awaitCollected(usedAndDropped(here, second, true, CLOSABLE));
        }
        try (Installation here = new Installation(shared, CLOSABLE)) {
            awaitCollected(usedAndDropped(here, first, false));
            awaitCollected(usedAndDropped(here, second, true));
        }
    }

    private static WeakReference<ClassLoader> usedAndDropped(
            Installation here, Path folder, boolean shutdown, String... lines) throws Exception {
        try (URLClassLoader application = here.webApplication(folder, lines)) {
            assertEquals(List.of("closable"), here.in(application).providers());
            if (shutdown) {
                here.shutdown();
            }
            here.in(null);
            return new WeakReference<>(application);
        }
    }

    @Test
    void V6_anApplicationWithItsOwnApiIsCollected() throws Exception {
        awaitCollected(usedAndDropped());
    }

    private WeakReference<ClassLoader> usedAndDropped() throws Exception {
        try (Installation here = new Installation(shared, CLOSABLE)) {
            return new WeakReference<>(here.provider().getClass().getClassLoader());
        }
    }

    private static void awaitCollected(WeakReference<?> reference) {
        while (reference.get() != null) {
            System.gc();
        }
    }

    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        awaitCollected(canary);
    }
}
