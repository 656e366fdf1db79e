// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import org.junit.jupiter.api.Nested;

/** The whole kit. The test class of a provider extends it and makes the provider. */
public abstract class ProviderConformance implements ProviderUnderTest {

    /** For subclasses. */
    protected ProviderConformance() {}

    @Nested
    final class CheckSend extends CheckSendTck {}

    @Nested
    final class Send extends SendTck {}

    @Nested
    final class Permit extends PermitTck {}

    @Nested
    final class Payload extends PayloadTck {}

    @Nested
    final class FullBuffer extends FullBufferTck {}

    @Nested
    final class ShortWays extends ShortWaysTck {}

    @Nested
    final class FullShortWays extends FullShortWaysTck {}

    @Nested
    final class Polling extends PollerTck {}

    @Nested
    final class GateWait extends GateWaitTck {}

    @Nested
    final class Refusal extends RefusalTck {}

    @Nested
    final class SendErrors extends SendErrorsTck {}

    @Nested
    final class Socket extends UdpSocketTck {}

    @Nested
    final class Options extends OptionsTck {}

    @Nested
    final class Multicast extends MulticastTck {}

    @Nested
    final class Ledger extends LedgerTck {}

    @Nested
    final class FullLedger extends FullLedgerTck {}

    @Nested
    final class OnlyIpv4 extends Ipv4Tck {}

    @Nested
    final class OnlyIpv6 extends Ipv6Tck {}

    @Nested
    final class Stream extends StreamTck {}

    @Nested
    final class Receive extends ReceiveTck {}

    @Nested
    final class Runs extends RunsTck {}

    @Nested
    final class RestOfRun extends RestOfRunTck {}

    @Nested
    final class Network extends NetworkTck {}

    @Nested
    final class Paths extends PathTck {}

    @Nested
    final class Waiting extends PollableTck {}

    @Nested
    final class Block extends BlockTck {}

    @Nested
    final class Callbacks extends CallbackTck {}

    @Nested
    final class Threads extends ThreadsTck {}

    @Nested
    final class Provider extends ProviderTck {}

    @Nested
    final class Scenarios extends ScenariosTck {}

    @Nested
    final class Batching extends BatchingTck {}
}
