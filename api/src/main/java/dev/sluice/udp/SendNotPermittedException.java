// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

/**
 * {@code send} was called without a permit, or with more datagrams than the permit allows: a programming error, which
 * WASI answers with a trap ({@link Rule#S5 S5}). Nothing was sent, and the permit, if there was one, is spent.
 *
 * <p>Call {@link OutgoingDatagramStream#checkSend} before each {@code send}, and hand over no more than it answered.
 */
public final class SendNotPermittedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** How many datagrams were permitted. */
    private final int permitted;

    /** How many were handed over. */
    private final int attempted;

    /**
     * A refused send.
     *
     * @param permitted how many datagrams the permit allowed; 0 if there was none
     * @param attempted how many were handed over
     */
    public SendNotPermittedException(int permitted, int attempted) {
        super(
                permitted == 0
                        ? "send of " + attempted + " datagram(s) without a permit: call checkSend before each send"
                        : "send of " + attempted + " datagrams, but checkSend permitted " + permitted);
        this.permitted = permitted;
        this.attempted = attempted;
    }

    /**
     * How many datagrams were permitted.
     *
     * @return 0 if there was no permit
     */
    public int permitted() {
        return permitted;
    }

    /**
     * How many datagrams were handed over.
     *
     * @return at least 1
     */
    public int attempted() {
        return attempted;
    }
}
