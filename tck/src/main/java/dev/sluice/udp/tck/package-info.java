/**
 * The conformance kit: one abstract JUnit class per topic, whose tests carry the id of the {@link
 * dev.sluice.udp.Rule} that they prove.
 *
 * <p>The author of a provider adds one class to its tests:
 *
 * <pre>{@code
 * class MyConformanceTest extends ProviderConformance {
 *     @Override
 *     public UdpSocketProvider newProvider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>It runs every test for IPv4 and for IPv6 (those of one family for that family alone), and writes a table of rules,
 * tests and results to {@code target/conformance}. Where providers may differ, {@link
 * dev.sluice.udp.ProviderCapability} says so, and the documented answer of a provider that lacks something is tested
 * too. The kit knows the API alone: it judges a provider that is built on the SPI and one that is not.
 *
 * <p><b>Full buffers and refused datagrams.</b> On loopback a send buffer never fills, and no single datagram of a list
 * can be refused. The tests that need this run in a process of their own in a network namespace, where the kit slows the
 * loopback interface down ({@code tc}) and refuses datagrams ({@code nft}): the kit starts {@code java} behind
 * {@code unshare --net}, with the class path of the running JVM and its {@code -D}, {@code --enable-native-access} and
 * {@code --enable-preview} options, and calls the test method there. The namespace has no way out and ends with the
 * process. So the test class, and the classes around it, need constructors without parameters. This takes Linux, root,
 * and the commands {@code unshare}, {@code ip}, {@code tc} and {@code nft}; elsewhere these tests are skipped with a
 * reason, or fail if the environment variable {@code CI} is {@code true}. They are tagged {@code slow}. A provider with
 * a network of its own overrides {@link dev.sluice.udp.tck.ProviderUnderTest#networkControl}, and its tests run in the
 * same process.
 *
 * <p><b>System properties.</b> {@code sluice.tck.patience}: the seconds after which a wait for what must happen fails
 * ({@link dev.sluice.udp.tck.ProviderUnderTest#PATIENCE}). {@code sluice.tck.lists} and {@code sluice.tck.seed}: how many
 * random lists are sent, and the seed of the first ({@link dev.sluice.udp.tck.BatchingTck}).
 */
package dev.sluice.udp.tck;
