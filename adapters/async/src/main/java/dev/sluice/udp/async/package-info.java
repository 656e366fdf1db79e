/**
 * Sockets as WASI 0.3 has them ({@link dev.sluice.udp.Rule#W1 W1} to {@link dev.sluice.udp.Rule#W4 W4}), on any provider:
 * {@link dev.sluice.udp.async.AsyncUdpSocket}, whose {@code send} and {@code receive} are {@link
 * java.util.concurrent.CompletableFuture}s.
 */
@Export
@Version("0.1.0")
package dev.sluice.udp.async;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
