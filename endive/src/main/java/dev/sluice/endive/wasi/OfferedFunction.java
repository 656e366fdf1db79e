// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.wit.WitFunction;
import java.util.List;
import java.util.function.Function;

/**
 * A function of the host, other than those of WASI.
 *
 * @param interfaceName the interface, as guests import it
 * @param name its name there
 * @param type its type
 * @param body what it does: from arguments to the result, or null
 */
public record OfferedFunction(
        String interfaceName, String name, WitFunction type, Function<List<Object>, Object> body) {}
