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
 * <p>It runs everything for IPv4 and for IPv6 (what only one of them has, for that one alone), and writes a table of
 * rules, tests and results to {@code target/conformance}. Where providers may differ, {@link
 * dev.sluice.udp.ProviderCapability} says so, and the documented answer of a provider that lacks something is tested too.
 * The kit knows the API alone: it judges a provider that is built on the SPI and one that is not.
 */
package dev.sluice.udp.tck;
