/** The command {@code sluice:providers} for shells of OSGi: Gogo, and Karaf's. */
package dev.sluice.udp.spi.osgi.shell;
