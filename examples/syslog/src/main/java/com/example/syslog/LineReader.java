package com.example.syslog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads lines on a thread of its own, into a bounded queue: while that is full it waits, and so does what writes them. */
final class LineReader {
    private static final int AHEAD = 256;
    private static final Line END = new Line(0, Instant.EPOCH, new byte[0]);

    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;
    private IOException failure; // written before END is queued, read after it was taken
    private boolean ended;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
        Thread thread = new Thread(this::run, "lines");
        thread.setDaemon(true); // a read of standard input can't be interrupted
        thread.start();
    }

    /** Waits for a line, and takes with it what else is there, up to a number; empty at the end. */
    List<Line> take(int max) throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        if (!ended) {
            lines.add(queue.take());
            queue.drainTo(lines, max - 1);
            ended = lines.remove(END);
        }
        if (lines.isEmpty() && failure != null) {
            throw failure;
        }
        return lines;
    }

    private void run() {
        try {
            readAll();
            queue.put(END);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // nothing interrupts this thread
        }
    }

    private void readAll() throws InterruptedException {
        try {
            long number = 0;
            for (byte[] text = readLine(); text != null; text = readLine()) {
                queue.put(new Line(++number, Instant.now(), text));
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Null at the end. Of a line that is too long to be sent, no more is kept than shows that, whatever it ends with. */
    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.size() < Line.LONGEST + 2) {
                line.write(octet);
            }
        }
        byte[] text = line.toByteArray();
        boolean carriageReturn = text.length > 0 && text[text.length - 1] == '\r'; // as Windows ends lines
        return carriageReturn ? Arrays.copyOf(text, text.length - 1) : text;
    }
}
