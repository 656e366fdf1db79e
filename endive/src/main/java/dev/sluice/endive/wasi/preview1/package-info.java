/** WASI preview 1, for guests that import it beside WASI 0.2: Endive's implementation without directories. */
package dev.sluice.endive.wasi.preview1;
