/**
 * Datagrams as {@link java.util.concurrent.Flow}s ({@link dev.sluice.udp.Rule#J5 J5}): {@link
 * dev.sluice.udp.flow.DatagramSubscriber} sends what it is given and asks for as much as the stream permits; {@link
 * dev.sluice.udp.flow.DatagramPublisher} takes as many datagrams from the kernel as it is asked for.
 */
@Export
@Version("0.1.0")
package dev.sluice.udp.flow;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
