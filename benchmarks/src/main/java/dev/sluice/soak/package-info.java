/**
 * The soak test: every provider that discovery finds, in both families, for minutes or hours on links that misbehave,
 * with every datagram accounted for. {@code benchmarks/soak} starts it.
 */
package dev.sluice.soak;
