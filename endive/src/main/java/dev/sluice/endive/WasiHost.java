// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.async.Tasks;
import dev.sluice.endive.wasi.Linker;
import dev.sluice.endive.wasi.OfferedFunction;
import dev.sluice.endive.wasi.cli.CommandEnvironment;
import dev.sluice.endive.wasi.io.InputPump;
import dev.sluice.endive.wasi.sockets.SocketInterfaces;
import dev.sluice.endive.wit.WitFunction;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocketProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmModule;

/**
 * What one guest may use: WASI 0.2 and 0.3 with {@code wasi:sockets} on a provider of Sluice's, inside a {@link Network} and
 * {@link Limits}.
 *
 * <p>By default a guest may use no network and resolve no names, has no arguments and no environment variables, and its
 * standard streams are empty. {@link WasiCommand#run} runs a program with it. A caller that instantiates a module itself
 * passes {@link #functions} to Endive, and calls {@link #close} afterwards.
 *
 * <p>A host serves one instance of one guest, on one thread at a time. It is not changed by later calls of its builder.
 * To stop a running guest, interrupt its thread.
 */
public final class WasiHost implements AutoCloseable {
    private final Limits limits;
    private final Linker linker;

    private WasiHost(Builder options) {
        this.limits = options.limits;
        this.linker = new Linker(
                limits.handles(),
                limits.heldBytes(),
                options.sockets(),
                options.environment(),
                List.copyOf(options.offered));
    }

    /**
     * A builder of hosts.
     *
     * @param provider creates the guest's sockets
     * @return a new builder
     */
    public static Builder builder(UdpSocketProvider provider) {
        return new Builder(provider);
    }

    /**
     * The functions that a module imports from WASI: all imports from {@code wasi:*} in any version 0.2.x and 0.3.x, the built-in functions that
     * those of 0.3 come with, and from
     * {@code wasi_snapshot_preview1}; and those of {@link Builder#function}. Each has the type that the module declares. One that this host doesn't have, or has
     * with another type, traps when it is called, and the message names it.
     *
     * @param module a core module
     * @return the functions, for {@code ImportValues}; the caller adds imports from elsewhere
     */
    public List<HostFunction> functions(WasmModule module) {
        return linker.functions(module);
    }

    /** All functions that a module imports, of which those that don't exist trap. */
    List<HostFunction> linked(WasmModule module) {
        return linker.allFunctions(module);
    }

    Tasks tasks() {
        return linker.tasks();
    }

    Handles handles() {
        return linker.handles();
    }

    GuestMemory memory(Instance instance) {
        return linker.memory(instance);
    }

    /**
     * The limits that were given.
     *
     * @return the limits
     */
    public Limits limits() {
        return limits;
    }

    /** Closes everything that the guest has opened; what it calls afterwards traps. Idempotent; from any thread. */
    @Override
    public void close() {
        linker.close();
    }

    /** Builds hosts. It may be changed and used again; that changes no host that was built before. */
    public static final class Builder {
        private final UdpSocketProvider provider;
        private Network network = NoNetwork.INSTANCE;
        private Predicate<String> resolvableNames = name -> false;
        private Limits limits = Limits.standard();
        private List<String> arguments = List.of();
        private Map<String, String> environment = Map.of();
        private InputStream stdin = InputStream.nullInputStream();
        private OutputStream stdout = OutputStream.nullOutputStream();
        private OutputStream stderr = OutputStream.nullOutputStream();
        private final List<OfferedFunction> offered = new ArrayList<>();

        private Builder(UdpSocketProvider provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
        }

        /**
         * What the guest may bind, send to and receive from. Default: nothing.
         *
         * @param allowed the network
         * @return this
         */
        public Builder network(Network allowed) {
            this.network = Objects.requireNonNull(allowed, "network");
            return this;
        }

        /**
         * Which host names the guest may resolve ({@code wasi:sockets/ip-name-lookup}). Default: none. This is separate
         * from {@link #network}, since the question itself is sent to the host's name servers and on to the servers of
         * the name's domain.
         *
         * @param allowed tests a host name in its ASCII form, as the guest wrote it, on the guest's thread; for false the
         *     guest's lookup fails with {@code access-denied}. Numeric addresses are parsed without a lookup, and not
         *     tested
         * @return this
         */
        public Builder resolvableNames(Predicate<String> allowed) {
            this.resolvableNames = Objects.requireNonNull(allowed, "resolvableNames");
            return this;
        }

        /**
         * What the guest may take. Default: {@link Limits#standard()}.
         *
         * @param most the limits
         * @return this
         */
        public Builder limits(Limits most) {
            this.limits = Objects.requireNonNull(most, "limits");
            return this;
        }

        /**
         * The program's arguments, the first of which is by custom its name. Default: none.
         *
         * @param strings the arguments
         * @return this
         */
        public Builder arguments(List<String> strings) {
            this.arguments = List.copyOf(strings);
            return this;
        }

        /**
         * The environment variables. Default: none.
         *
         * @param variables names and values
         * @return this
         */
        public Builder environment(Map<String, String> variables) {
            this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            return this;
        }

        /**
         * What the guest reads. A thread reads up to 64 KiB ahead, once the guest asks for input. The stream is not
         * closed. Default: nothing, its end.
         *
         * @param in the standard input
         * @return this
         */
        public Builder stdin(InputStream in) {
            this.stdin = Objects.requireNonNull(in, "in");
            return this;
        }

        /**
         * Where the guest writes. The stream is flushed when the guest asks for it and when it ends, and not closed.
         * Default: output is discarded.
         *
         * @param out the standard output
         * @return this
         */
        public Builder stdout(OutputStream out) {
            this.stdout = Objects.requireNonNull(out, "out");
            return this;
        }

        /**
         * Where the guest writes errors, like {@link #stdout}.
         *
         * @param err the standard error
         * @return this
         */
        public Builder stderr(OutputStream err) {
            this.stderr = Objects.requireNonNull(err, "err");
            return this;
        }

        /**
         * A function that the host offers beside those of WASI. The types of WIT are these values of Java: {@code bool}
         * Boolean; {@code u8}, {@code s8}, {@code u16}, {@code s16} and {@code s32} Integer; {@code u32}, {@code u64} and
         * {@code s64} Long; {@code f32} Float; {@code f64} Double; {@code char} Integer, its code point; {@code string}
         * String; {@code list<u8>} byte[], and other lists List; {@code option<…>} null or the value; {@code tuple<…>} List.
         * A record has the form of a tuple of its fields, an enum of up to 256 cases that of {@code u8}.
         *
         * @param interfaceName the interface, as guests import it, such as {@code example:plugins/log@1.0.0}; {@code $root}
         *     for a function of the world
         * @param name its name there
         * @param type its type, {@code func(name: type, …) -> type}
         * @param body from the arguments to the result (null if there is none), on the guest's thread; what it throws makes
         *     the guest trap. A guest that imports the function with another type traps when it calls it
         * @return this
         * @throws IllegalArgumentException if the type can't be read
         */
        public Builder function(String interfaceName, String name, String type, Function<List<Object>, Object> body) {
            offered.add(new OfferedFunction(
                    Objects.requireNonNull(interfaceName, "interfaceName"),
                    Objects.requireNonNull(name, "name"),
                    WitFunction.parse(type),
                    Objects.requireNonNull(body, "body")));
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

        private SocketInterfaces sockets() {
            return new SocketInterfaces(
                    provider,
                    network,
                    resolvableNames,
                    limits.sockets(),
                    limits.heldBytes(),
                    limits.datagramsPerReceive());
        }

        private CommandEnvironment environment() {
            return new CommandEnvironment(arguments, environment, new InputPump(stdin), stdout, stderr);
        }
    }
}
