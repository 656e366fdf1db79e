/** WASI 0.2 and 0.3 sockets, and enough of the rest, for Wasm guests on the runtime Endive. */
module dev.sluice.endive {
    requires transitive dev.sluice.udp;
    requires dev.sluice.udp.async;
    requires transitive run.endive.runtime;
    requires transitive run.endive.wasm;
    requires run.endive.compiler;
    requires run.endive.wasi;
    requires jdk.net;

    exports dev.sluice.endive;
}
