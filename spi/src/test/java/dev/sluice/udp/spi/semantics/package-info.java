/** What the SPI makes of a transport, whatever that does: proven with scripted transports. */
package dev.sluice.udp.spi.semantics;
