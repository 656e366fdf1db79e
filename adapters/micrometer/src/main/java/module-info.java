/** A socket's ledger as meters of Micrometer; needs only the API, and Micrometer. */
module dev.sluice.udp.micrometer {
    requires transitive dev.sluice.udp;
    requires transitive micrometer.core;

    exports dev.sluice.udp.micrometer;
}
