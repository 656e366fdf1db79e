// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.util.function.BiConsumer;

/**
 * Declares the functions of one interface, one call each.
 *
 * @param <E> thrown by functions that return a {@code result}, and lowered to its error case
 */
public final class InterfaceFunctions<E extends Exception> {

    /** What a function does that returns a {@code result<…, E>}: it writes the value, if there is one, at the payload. */
    @FunctionalInterface
    public interface ResultBody<E extends Exception> {
        void run(Call call, int payload) throws E, InterruptedException;
    }

    private final BiConsumer<String, AbiFunction> declared;
    private final ErrorCase<E> errorCase;

    public InterfaceFunctions(BiConsumer<String, AbiFunction> declared, ErrorCase<E> errorCase) {
        this.declared = declared;
        this.errorCase = errorCase;
    }

    /** A function that returns no error. */
    public InterfaceFunctions<E> plain(String name, String signature, AbiFunction.Body body) {
        declared.accept(name, new AbiFunction(Signature.of(signature), body));
        return this;
    }

    /** The destructor of a resource's handles. */
    public InterfaceFunctions<E> drop(String resource, Class<? extends Resource> type) {
        return plain("[resource-drop]" + resource, "handle", call -> {
            call.handles().drop(call.i32(0), type);
            return 0;
        });
    }

    /** A function that returns a {@code result<…, E>}, in memory. */
    public InterfaceFunctions<E> result(String name, String parameters, ResultLayout layout, ResultBody<E> body) {
        return plain(name, parameters + " return-pointer", call -> {
            lower(call, call.returnPointer(layout), layout, body);
            return 0;
        });
    }

    /** Writes a {@code result<…, E>} to an address that has been checked. */
    public void lower(Call call, int result, ResultLayout layout, ResultBody<E> body) throws InterruptedException {
        int payload = result + layout.payload;
        try {
            body.run(call, payload);
            call.memory().putByte(result, 0);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            call.memory().putByte(result, 1);
            errorCase.lowering().lower(errorCase.exception().cast(e), call, payload);
        }
    }
}
