// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Has the process run out of descriptors for a moment. The soak's own needs of descriptors wait meanwhile; Sluice's don't.
 */
final class Descriptors {
    /** The launcher lowers the limit, so that this is reached in no time. */
    private static final int MOST = 100_000;

    private static final long SCARCITY_NANOS = 100_000_000;

    private final ReadWriteLock plenty = new ReentrantReadWriteLock(true);

    /** Odd while there may be none left. */
    private volatile int changes;

    /** A moment, for {@link #wereScarceSince}. */
    int now() {
        return changes;
    }

    /** Whether there may have been none left at some time from a moment until now. */
    boolean wereScarceSince(int moment) {
        return moment % 2 != 0 || changes != moment;
    }

    /** Does something that needs descriptors while there are some. */
    <T> T whilePlenty(Callable<T> action) throws Exception {
        plenty.readLock().lock();
        try {
            return action.call();
        } finally {
            plenty.readLock().unlock();
        }
    }

    /** Takes all descriptors, sees what each setting's creation of a socket says to it, and gives them back (U1). */
    void exhaust(List<Setting> settings) throws IOException {
        plenty.writeLock().lock();
        List<Closeable> taken = new ArrayList<>();
        int before = changes;
        changes = before + 1;
        try {
            takeAll(taken);
            settings.forEach(Descriptors::requireRefusal);
            LockSupport.parkNanos(SCARCITY_NANOS);
        } finally {
            for (Closeable one : taken) {
                one.close();
            }
            changes = before + 2;
            plenty.writeLock().unlock();
        }
        settings.forEach(Descriptors::requireSocket);
    }

    private static void takeAll(List<Closeable> taken) {
        try {
            while (taken.size() < MOST) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException none) {
            return;
        }
        throw new SoakFailure("there are more than " + MOST + " descriptors: lower the limit with ulimit -n");
    }

    private static void requireRefusal(Setting setting) {
        try (UdpSocket socket = setting.create()) {
            // Something else gave a descriptor back in between: no finding.
            socket.addressFamily();
        } catch (SocketErrorException e) {
            SoakFailure.require(
                    e.errorCode() == ErrorCode.NEW_SOCKET_LIMIT,
                    setting + " without descriptors: " + e.errorCode() + " and not NEW_SOCKET_LIMIT: " + e);
        }
    }

    private static void requireSocket(Setting setting) {
        try (UdpSocket socket = setting.create()) {
            socket.bind(setting.family().any());
        } catch (SocketErrorException e) {
            throw new SoakFailure(setting + " with descriptors again: " + e, e);
        }
    }
}
