package dev.sluice.endive;

import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocketProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import run.endive.runtime.HostFunction;
import run.endive.wasm.WasmModule;

/**
 * What one guest sees of the world: WASI 0.2 with {@code wasi:sockets} on a provider of Sluice's, inside a
 * {@link Network} and {@link Limits}.
 *
 * <p>By default a guest may use no network at all, has no arguments and no environment, reads nothing and writes to
 * nowhere. {@link WasiCommand#run} runs a program with it; whoever instantiates a module himself takes
 * {@link #functions} and calls {@link #close} afterwards.
 *
 * <p>A host serves one guest, on one thread at a time. To stop a guest that runs, interrupt its thread.
 */
public final class WasiHost implements AutoCloseable {
    private final Guest guest;
    private final Linker linker;

    private WasiHost(Builder builder) {
        this.guest = new Guest(builder);
        this.linker = new Linker(guest, builder);
    }

    /**
     * Begins to describe a host.
     *
     * @param provider makes the guest's sockets
     * @return what to describe it with
     */
    public static Builder builder(UdpSocketProvider provider) {
        return new Builder(provider);
    }

    /**
     * The functions that a module imports from WASI: all imports from {@code wasi:*} in any version 0.2.x, and from
     * {@code wasi_snapshot_preview1}. Each has the type that the module declares. One that isn't there traps when it is
     * called, and says its name.
     *
     * @param module a core module
     * @return the functions, for {@code ImportValues}; imports from elsewhere are the caller's to add
     */
    public List<HostFunction> functions(WasmModule module) {
        return linker.functions(module);
    }

    /**
     * The limits that were given.
     *
     * @return the limits
     */
    public Limits limits() {
        return guest.limits();
    }

    /** Closes everything that the guest has opened; what it calls afterwards traps. Idempotent; from any thread. */
    @Override
    public void close() {
        guest.end();
        linker.close();
    }

    /** Describes a {@link WasiHost}. */
    public static final class Builder {
        final UdpSocketProvider provider;
        Network network = NoNetwork.INSTANCE;
        Limits limits = Limits.standard();
        List<String> arguments = List.of();
        Map<String, String> environment = Map.of();
        InputStream stdin = InputStream.nullInputStream();
        OutputStream stdout = OutputStream.nullOutputStream();
        OutputStream stderr = OutputStream.nullOutputStream();

        private Builder(UdpSocketProvider provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
        }

        /**
         * What the guest may bind, send to and receive from, and which names it may resolve. Without: nothing.
         *
         * @param allowed the network
         * @return this
         */
        public Builder network(Network allowed) {
            this.network = Objects.requireNonNull(allowed, "network");
            return this;
        }

        /**
         * What the guest may take. Without: {@link Limits#standard()}.
         *
         * @param most the limits
         * @return this
         */
        public Builder limits(Limits most) {
            this.limits = Objects.requireNonNull(most, "limits");
            return this;
        }

        /**
         * The program's arguments, the first of which is by custom its name. Without: none.
         *
         * @param strings the arguments
         * @return this
         */
        public Builder arguments(List<String> strings) {
            this.arguments = List.copyOf(strings);
            return this;
        }

        /**
         * The environment variables. Without: none.
         *
         * @param variables names and values
         * @return this
         */
        public Builder environment(Map<String, String> variables) {
            this.environment = new LinkedHashMap<>(variables);
            return this;
        }

        /**
         * What the guest reads, on a thread of its own, as far ahead as 64 KiB. It is not closed.
         *
         * @param in the standard input
         * @return this
         */
        public Builder stdin(InputStream in) {
            this.stdin = Objects.requireNonNull(in, "in");
            return this;
        }

        /**
         * Where the guest writes. It is flushed as the guest asks, and not closed.
         *
         * @param out the standard output
         * @return this
         */
        public Builder stdout(OutputStream out) {
            this.stdout = Objects.requireNonNull(out, "out");
            return this;
        }

        /**
         * Where the guest writes its complaints.
         *
         * @param err the standard error
         * @return this
         */
        public Builder stderr(OutputStream err) {
            this.stderr = Objects.requireNonNull(err, "err");
            return this;
        }

        /**
         * The host for one guest.
         *
         * @return a new one
         */
        public WasiHost build() {
            return new WasiHost(this);
        }
    }
}
