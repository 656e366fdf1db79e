package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import org.junit.jupiter.api.Test;

/** What the kernel has told once and we couldn't tell yet (S2, R2). */
class PendingErrorTest {
    private final PendingError pending = new PendingError();
    private final SocketErrorException first = SocketErrors.of(Operation.RECEIVE, Errno.ECONNREFUSED, null);
    private final SocketErrorException second = SocketErrors.of(Operation.RECEIVE, Errno.EHOSTUNREACH, null);

    @Test
    void S2_R2_itIsToldOnceAndTheFirstOneWins() throws Exception {
        pending.throwIfPresent();
        pending.keep(first);
        pending.keep(second);
        assertTrue(pending.isPresent());
        assertSame(first, assertThrows(SocketErrorException.class, pending::throwIfPresent));
        assertFalse(pending.isPresent());
        pending.throwIfPresent();
    }

    @Test
    void U3_itIsForgottenWithThePeer() throws Exception {
        pending.keep(first);
        pending.forget();
        assertFalse(pending.isPresent());
        pending.throwIfPresent();
    }
}
