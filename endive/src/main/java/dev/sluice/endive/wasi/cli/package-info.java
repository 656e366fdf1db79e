/** {@code wasi:cli}: arguments, environment variables, standard streams, and exit. */
package dev.sluice.endive.wasi.cli;
