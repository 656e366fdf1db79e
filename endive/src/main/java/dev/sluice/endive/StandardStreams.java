package dev.sluice.endive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What a program finds when it starts: arguments, environment, and the three streams. */
final class StandardStreams implements AutoCloseable {
    private final WasiHost.Builder options;
    private InputPump pump;

    StandardStreams(WasiHost.Builder options) {
        this.options = options;
    }

    List<String> arguments() {
        return options.arguments;
    }

    Map<String, String> environment() {
        return options.environment;
    }

    /** All handles of it read from one pump, which starts with the first read. */
    InputStreamResource stdin() {
        return new InputStreamResource(pump());
    }

    /** The same for preview 1. */
    PumpedInput blockingStdin() {
        return new PumpedInput(pump());
    }

    private InputPump pump() {
        if (pump == null) {
            pump = new InputPump(options.stdin);
        }
        return pump;
    }

    OutputStreamResource stdout() {
        return new OutputStreamResource(options.stdout);
    }

    OutputStreamResource stderr() {
        return new OutputStreamResource(options.stderr);
    }

    /** What the guest wrote arrives, whether it flushed or not. */
    @Override
    public void close() {
        if (pump != null) {
            pump.close();
        }
        flush(options.stdout);
        flush(options.stderr);
    }

    private static void flush(OutputStream stream) {
        try {
            stream.flush();
        } catch (IOException nobodyIsLeftToTell) {
            // the guest has ended
        }
    }
}
