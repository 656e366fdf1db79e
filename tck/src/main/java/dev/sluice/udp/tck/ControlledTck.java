// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The base of topics that control the network: that of a namespace, or the one that the provider under test is on. */
@ExtendWith(RunsInNamespace.class)
@Tag("slow")
abstract class ControlledTck extends RuleTest {

    /** Controls the network until the end of the test. */
    final NetworkControl networkControl() {
        return closing(underTest.networkControl().orElseGet(() -> new LoopbackControl(family)));
    }
}
