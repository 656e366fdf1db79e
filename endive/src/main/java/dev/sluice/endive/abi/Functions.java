// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.util.HashMap;
import java.util.Map;

/** The functions that the host offers, by interface and name. */
public final class Functions {
    private final Map<String, AbiFunction> byName = new HashMap<>();

    /** Declares functions of an interface, none of which returns a result with an error. */
    public InterfaceFunctions<RuntimeException> in(String interfaceName) {
        return in(interfaceName, null);
    }

    /** Declares functions of an interface, some of which return a {@code result} with this error. */
    public <E extends Exception> InterfaceFunctions<E> in(String interfaceName, ErrorCase<E> errorCase) {
        return new InterfaceFunctions<>((name, function) -> byName.put(key(interfaceName, name), function), errorCase);
    }

    /** One function that belongs to no interface. */
    public static AbiFunction one(String signature, AbiFunction.Body body) {
        return new AbiFunction(Signature.of(signature), body);
    }

    /** The function of an interface (named without version), or null. */
    public AbiFunction find(String interfaceName, String name) {
        return byName.get(key(interfaceName, name));
    }

    private static String key(String interfaceName, String name) {
        return interfaceName + '#' + name;
    }
}
