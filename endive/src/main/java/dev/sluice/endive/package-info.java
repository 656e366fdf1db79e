/**
 * WASI 0.2 for Wasm guests on the runtime Endive: {@code wasi:sockets} on Sluice's providers, and enough of the rest for a
 * command to start, print, read its arguments and exit.
 *
 * <p>{@link dev.sluice.endive.WasiCommand} runs a program, {@link dev.sluice.endive.WasiHost} says what it may do.
 */
package dev.sluice.endive;
