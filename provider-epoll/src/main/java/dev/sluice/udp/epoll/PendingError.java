package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import java.util.concurrent.atomic.AtomicReference;

/** An error that the kernel has told and forgotten when it couldn't be thrown: the next call's. */
final class PendingError {
    private final AtomicReference<SocketErrorException> error = new AtomicReference<>();

    boolean isPresent() {
        return error.get() != null;
    }

    void keep(SocketErrorException met) {
        error.compareAndSet(null, met); // the first one tells more
    }

    void forget() {
        error.set(null);
    }

    void throwIfPresent() throws SocketErrorException {
        SocketErrorException met = error.get();
        if (met != null && error.compareAndSet(met, null)) {
            throw met;
        }
    }
}
