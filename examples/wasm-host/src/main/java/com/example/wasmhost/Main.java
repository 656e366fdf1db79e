package com.example.wasmhost;

import dev.sluice.endive.GuestTrapException;
import dev.sluice.endive.InvalidGuestException;
import dev.sluice.endive.Limits;
import dev.sluice.endive.WasiCommand;
import dev.sluice.endive.WasiHost;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Runs a Wasm program that may exchange datagrams with one peer, and says how it ended. */
public final class Main {
    private static final Limits LIMITS =
            Limits.standard().withMemoryBytes(16 << 20).withSockets(4).withTime(Duration.ofMinutes(1));

    public static void main(String[] args) {
        if (args.length < 3 || !args[1].matches("\\d{1,5}") || Integer.parseInt(args[1]) > 65_535) {
            end(64, "usage: wasm-host PEER PORT FILE [ARGUMENT...]");
        }
        InetSocketAddress peer = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        if (peer.isUnresolved()) {
            end(64, "there is no host " + args[0]);
        }
        WasiHost host = WasiHost.builder(UdpSockets.provider())
                .network(new OnePeer(peer))
                .limits(LIMITS)
                .arguments(Arrays.asList(args).subList(2, args.length)) // the first is the guest's name
                .stdout(System.out)
                .stderr(System.err)
                .build();
        try {
            int status = WasiCommand.load(Path.of(args[2]), LIMITS).run(host);
            end(status, "the guest ended with status " + status);
        } catch (GuestTrapException e) {
            end(134, "the guest was stopped (" + e.reason() + "): " + e.getMessage());
        } catch (InvalidGuestException e) {
            end(65, args[2] + ": " + e.getMessage());
        } catch (IOException e) {
            end(66, args[2] + " can't be read: " + e);
        }
    }

    private static void end(int status, String message) {
        System.err.println("wasm-host: " + message);
        System.exit(status);
    }

    private Main() {}
}
