/**
 * What Flight Recorder is told. A runtime without the module {@code jdk.jfr} needs nothing of it: only {@link
 * dev.sluice.udp.spi.jfr.Events} is used from outside, which then does nothing.
 */
package dev.sluice.udp.spi.jfr;
