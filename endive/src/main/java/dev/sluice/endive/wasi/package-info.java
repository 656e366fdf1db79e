/** WASI for one guest: all its interfaces, and how a module's imports are linked to them. */
package dev.sluice.endive.wasi;
