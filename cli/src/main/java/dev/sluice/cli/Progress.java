// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Reports progress on standard error: in one line that is redrawn on a terminal, else in a line each second. */
final class Progress {
    private static final long REDRAW_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PRINT_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int BAR_WIDTH = 30;

    private final Stdio io;
    private final String label;
    private final long total;
    private long done;
    private long lastShown;

    Progress(Stdio io, String label, long total) {
        this.io = io;
        this.label = label;
        this.total = total;
        show();
    }

    void advance(long datagrams) {
        done += datagrams;
        if (System.nanoTime() - lastShown >= (io.terminal() ? REDRAW_EVERY : PRINT_EVERY)) {
            show();
        }
    }

    void end() {
        show();
        if (io.terminal()) {
            io.err().println();
        }
    }

    private void show() {
        lastShown = System.nanoTime();
        long percent = total == 0 ? 100 : 100 * done / total;
        String state = String.format(Locale.ROOT, "%,d of %,d datagrams, %d %%", done, total, percent);
        if (io.terminal()) {
            String bar = "#".repeat((int) (BAR_WIDTH * percent / 100));
            io.err().printf("\r%-8s [%-" + BAR_WIDTH + "s] %s\033[K", label, bar, state);
            io.err().flush();
        } else {
            io.err().println(label + ": " + state);
        }
    }
}
