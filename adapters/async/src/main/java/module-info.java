/** Sockets of WASI 0.3, whose {@code send} and {@code receive} are futures; needs only the API. */
module dev.sluice.udp.async {
    requires transitive dev.sluice.udp;

    exports dev.sluice.udp.async;
}
