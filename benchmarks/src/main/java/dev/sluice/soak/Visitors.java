// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Has providers come and go, each time in a class loader of their own, and counts the loaders that stay. */
final class Visitors {
    /** Below those of the lanes. */
    private static final int CLOSED_PORT = 9999;

    private static final int DATAGRAMS = 20;

    private final Soak soak;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    Visitors(Soak soak) {
        this.soak = soak;
    }

    /** One visit, while there are descriptors: opening a jar that can't be opened is no finding. */
    void visit() throws Exception {
        soak.descriptors.whilePlenty(() -> {
            long[] sent = visitOnce();
            for (Family family : Family.values()) {
                Ledger ledger = soak.ledger(family);
                ledger.sent.add(sent[family.ordinal()]);
                ledger.sentWhole.add(sent[2 + family.ordinal()]);
                ledger.sentToClosedPorts.add(sent[family.ordinal()]);
                soak.trials.addTo(ledger, family);
            }
            soak.happenings.note("providers that came and went, in a class loader of their own");
            return null;
        });
    }

    private long[] visitOnce() throws Exception {
        InetSocketAddress[] closed = Arrays.stream(Family.values())
                .map(family -> family.far(Link.STEADY, CLOSED_PORT))
                .toArray(InetSocketAddress[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = ClassPath.newLoader()) {
            loaders.add(new WeakReference<>(loader));
            thread.setContextClassLoader(loader);
            Object visit = loader.loadClass(Visit.class.getName())
                    .getConstructor(InetSocketAddress[].class, int.class)
                    .newInstance(closed, DATAGRAMS);
            return (long[]) ((Callable<?>) visit).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** How many of the loaders have not been collected. */
    int remaining() {
        loaders.removeIf(loader -> loader.get() == null);
        return loaders.size();
    }
}
