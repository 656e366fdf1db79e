/** Implementations with one fault each, all of which the kit has to notice. */
package dev.sluice.udp.tck.broken;
