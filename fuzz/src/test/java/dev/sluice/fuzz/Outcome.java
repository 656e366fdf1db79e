// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;

/**
 * What came of a call: a value, an error code, or a trap.
 *
 * @param value what was returned, if nothing was thrown
 * @param error the code that was thrown, or null
 * @param trapped whether a send was not permitted
 */
record Outcome(Object value, ErrorCode error, boolean trapped) {
    /** A call. */
    interface Call {
        Object make() throws Exception;
    }

    /** Whatever else is thrown is a finding. */
    static Outcome of(Call call) throws Exception {
        try {
            return new Outcome(call.make(), null, false);
        } catch (SocketErrorException e) {
            return new Outcome(null, e.errorCode(), false);
        } catch (SendNotPermittedException e) {
            return new Outcome(null, null, true);
        }
    }

    int count() {
        return (Integer) value;
    }

    boolean succeeded() {
        return error == null && !trapped;
    }

    @Override
    public String toString() {
        return trapped ? "a trap" : error != null ? error.toString() : String.valueOf(value);
    }
}
