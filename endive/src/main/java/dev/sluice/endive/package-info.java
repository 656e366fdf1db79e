/**
 * WASI 0.2 and 0.3 for Wasm guests on the runtime Endive: {@code wasi:sockets} on Sluice's providers, and enough of the rest for a
 * command to start, print, read its arguments and exit.
 *
 * <p>{@link dev.sluice.endive.WasiCommand} runs a program, and {@link dev.sluice.endive.WasiLibrary} lets the host call the
 * functions of a plug-in, within what a {@link dev.sluice.endive.WasiHost} allows. The packages below this one are the
 * implementation, and are not exported.
 */
package dev.sluice.endive;
