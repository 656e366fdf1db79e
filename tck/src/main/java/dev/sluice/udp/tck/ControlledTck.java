package dev.sluice.udp.tck;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** What topics have in common that control the network: by themselves in a namespace, or as the provider's author says. */
@ExtendWith(RunsInNamespace.class)
@Tag("slow")
abstract class ControlledTck extends RuleTest {

    /** The control of this test's network, which ends with the test. */
    final NetworkControl networkControl() {
        return closing(underTest.networkControl().orElseGet(() -> new LoopbackControl(family)));
    }
}
