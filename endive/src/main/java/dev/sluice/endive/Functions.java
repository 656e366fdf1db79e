package dev.sluice.endive;

import dev.sluice.udp.SocketErrorException;
import java.util.LinkedHashMap;
import java.util.Map;
import run.endive.wasm.types.FunctionType;

/** The functions of WASI's interfaces, declared one line each. */
final class Functions {

    /** What a function does. Its value counts if the signature has a result. */
    @FunctionalInterface
    interface Body {
        long run(Call call) throws InterruptedException;
    }

    /** What a function does that answers a {@code result<…, error-code>}: it writes the value, if any, at the payload. */
    @FunctionalInterface
    interface SocketBody {
        void run(Call call, int payload) throws SocketErrorException, InterruptedException;
    }

    /** What a function does that answers a {@code result<…, stream-error>}. */
    @FunctionalInterface
    interface StreamBody {
        void run(Call call, int payload) throws StreamException, InterruptedException;
    }

    /** One function: its core type, and what it does. */
    record Function(FunctionType type, Body body) {}

    private final Map<String, Function> byName = new LinkedHashMap<>();
    private String currentInterface;

    /** The functions declared next belong to this interface. */
    Functions in(String interfaceName) {
        currentInterface = interfaceName;
        return this;
    }

    /** The function of an interface (without version) and name, or null. */
    Function find(String interfaceName, String function) {
        return byName.get(key(interfaceName, function));
    }

    private static String key(String interfaceName, String function) {
        return interfaceName + '#' + function;
    }

    /** A function that can't fail. */
    Functions plain(String name, String signature, Body body) {
        byName.put(key(currentInterface, name), new Function(Signature.of(signature), body));
        return this;
    }

    /** The end of a handle. */
    Functions drop(String resource, Class<? extends Resource> type) {
        return plain("[resource-drop]" + resource, "handle", call -> {
            call.guest.handles().drop(call.i32(0), type);
            return 0;
        });
    }

    /** A function that answers a {@code result<…, error-code>}, in memory. */
    Functions socket(String name, String parameters, ResultLayout layout, SocketBody body) {
        return plain(name, parameters + " return-pointer", call -> {
            int result = call.returnPointer();
            call.memory().check(result, layout.size, layout.alignment);
            try {
                body.run(call, result + layout.payload);
                call.memory().putByte(result, 0);
            } catch (SocketErrorException e) {
                call.memory().putByte(result, 1);
                call.memory().putByte(result + layout.payload, e.errorCode().number());
            }
            return 0;
        });
    }

    /** A function that answers a {@code result<…, stream-error>}, in memory. */
    Functions stream(String name, String parameters, ResultLayout layout, StreamBody body) {
        return plain(name, parameters + " return-pointer", call -> {
            int result = call.returnPointer();
            call.memory().check(result, layout.size, layout.alignment);
            try {
                body.run(call, result + layout.payload);
                call.memory().putByte(result, 0);
            } catch (StreamException e) {
                call.memory().putByte(result, 1);
                e.write(call, result + layout.payload);
            }
            return 0;
        });
    }
}
