// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

/**
 * What a guest is told about one of its waitables.
 *
 * @param code the kind of event
 * @param index the waitable's handle
 * @param payload a state, or the result of a copy
 */
record Event(int code, int index, int payload) {
    static final int SUBTASK = 1;
    static final int STREAM_READ = 2;
    static final int STREAM_WRITE = 3;
    static final int FUTURE_READ = 4;
    static final int FUTURE_WRITE = 5;

    static final Event NONE = new Event(0, 0, 0);
}
