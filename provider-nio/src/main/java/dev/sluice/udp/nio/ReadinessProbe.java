package dev.sluice.udp.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Asks what a channel is ready for, without waiting: through a selector of its own, since that of the waiting thread is
 * nearly always blocked in a selection. A channel stays registered with it, without an interest, because registering
 * and cancelling each time costs more than the question.
 *
 * <p>Not final, so that a test can answer for channels that no selector takes.
 */
class ReadinessProbe {
    private volatile Selector selector;
    private boolean stopped;

    /** Guarded by this; fields, because a lambda that captures allocates. */
    private SelectionKey asked;

    private int answer;
    private final Consumer<SelectionKey> answering = this::selected;

    /** Opens the selector, if it isn't open yet. */
    void prepare() throws IOException {
        if (selector == null) {
            synchronized (this) {
                if (selector == null && !stopped) {
                    selector = Selector.open();
                }
            }
        }
    }

    /** Those of the interests that a channel is ready for; all of them if an error is pending. */
    synchronized int ask(DatagramChannel channel, int interest) throws IOException {
        try {
            SelectionKey key = channel.keyFor(selector);
            asked = key != null ? key : channel.register(selector, 0);
            asked.interestOps(ChannelRegistration.operations(interest));
            answer = 0;
            selector.selectNow(answering);
            asked.interestOps(0);
            return answer;
        } finally {
            asked = null;
        }
    }

    private void selected(SelectionKey key) {
        if (key == asked) {
            answer = ChannelRegistration.interest(key.readyOps());
        }
    }

    /** Lets go of a channel that has been closed, so that its port is free. */
    synchronized void release() {
        try {
            selector.selectNow();
        } catch (ClosedSelectorException stopped) {
            // and has let go of everything
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the selector. */
    synchronized void stop() {
        stopped = true;
        if (selector != null) {
            try {
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
