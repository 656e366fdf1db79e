/** What authors of providers need; applications need only the API. */
module dev.sluice.udp.spi {
    requires transitive dev.sluice.udp;
    requires static jdk.jfr;
    requires static osgi.core;

    exports dev.sluice.udp.spi;
    exports dev.sluice.udp.spi.osgi;
}
