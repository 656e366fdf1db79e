/**
 * The component model's canonical ABI, its asynchronous part: subtasks, waitable sets, streams and futures, and exports
 * that are lifted with a callback. All of it is confined to the guest's thread; what other threads complete is handed to
 * the {@link dev.sluice.endive.async.EventLoop}. No stacks are switched: a guest that waits returns to the host, or blocks
 * its own thread. The rules are those of the reference, {@code definitions.py} of the component model.
 */
package dev.sluice.endive.async;
