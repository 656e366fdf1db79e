/** Datagrams as {@link java.util.concurrent.Flow}s; needs only the API. */
module dev.sluice.udp.flow {
    requires transitive dev.sluice.udp;

    exports dev.sluice.udp.flow;
}
