/**
 * Both providers and both families on a network with faults: full queues, small MTUs, missing routes, a firewall.
 *
 * <p>The tests' JVM runs in a network namespace of its own, at one end of a veth pair; at the other end, in a second
 * namespace, a {@link dev.sluice.netlab.PeerMain} receives and counts. Each test breaks the network in one way and
 * asserts which error the sender meets, what it counts, what arrives, and that the stream works again afterwards.
 */
package dev.sluice.netlab;
