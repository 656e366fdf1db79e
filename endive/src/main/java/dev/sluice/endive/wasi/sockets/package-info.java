/** {@code wasi:sockets}: UDP and name lookup, on a provider of Sluice's, within what the host allows the guest. */
package dev.sluice.endive.wasi.sockets;
