// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

/** A function that a {@link WasiInstance} exports. */
@FunctionalInterface
public interface WasiFunction {
    /**
     * Calls the function on the calling thread. Interrupting the thread ends the instance, as does {@link Limits#time}.
     *
     * @param arguments values of the types that {@link WasiHost.Builder#function} says
     * @return the result; null if the function has none
     * @throws IllegalArgumentException if an argument is not of its type; the instance stays usable
     * @throws GuestTrapException if the call trapped, or was stopped; the instance has ended
     */
    Object call(Object... arguments);
}
