/** A provider as a third party would write it, to try the kit on, and the SPI's documentation. */
package dev.sluice.udp.tck.memory;
