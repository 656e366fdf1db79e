/**
 * A provider that implements the interfaces of the API by hand, on a {@code java.nio} {@code DatagramChannel}: the kit
 * judges it without the SPI. It favours simplicity: one lock per socket, one system call per datagram.
 */
package dev.sluice.udp.tck.channel;
