/** {@code wasi:io}: streams over those of Java, pollables, and errors. */
package dev.sluice.endive.wasi.io;
