/** Endive as the host uses it: compiled or interpreted execution, within limits, from a command's entry to its status. */
package dev.sluice.endive.engine;
