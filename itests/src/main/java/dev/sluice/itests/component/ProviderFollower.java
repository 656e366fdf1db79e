// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.component;

import dev.sluice.udp.UdpSocketProvider;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Is bound to the provider of the highest ranking, which may change, and stays active when there is none. */
@Component(service = ProviderFollower.class, immediate = true)
public final class ProviderFollower {
    private UdpSocketProvider provider;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bind(UdpSocketProvider bound) {
        provider = bound;
        notifyAll();
    }

    synchronized void unbind(UdpSocketProvider unbound) {
        if (provider == unbound) { // Declarative Services binds the next one first
            provider = null;
            notifyAll();
        }
    }

    /** The provider that is bound now, or null. */
    public synchronized UdpSocketProvider provider() {
        return provider;
    }

    /** Waits until a provider of that name is bound, and says which one is in the end. */
    public synchronized UdpSocketProvider awaitProvider(String name, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (provider == null || !provider.name().equals(name)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        return provider;
    }
}
