/**
 * Both providers, both families, on a real network that misbehaves.
 *
 * <p>The tests' JVM runs in a network namespace of its own, at one end of a veth pair; at the other end, in a second
 * namespace, a {@link dev.sluice.netlab.PeerMain} receives and counts. Each scene breaks the network in one way and says
 * what the sender is told, what it may count, what arrives, and that the stream works again afterwards.
 */
package dev.sluice.netlab;
