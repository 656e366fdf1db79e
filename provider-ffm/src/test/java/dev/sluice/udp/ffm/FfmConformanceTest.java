// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ProviderConformance;

/** The conformance kit against this provider. */
class FfmConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new FfmProvider();
    }
}
