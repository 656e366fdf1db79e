package dev.sluice.endive;

import dev.sluice.udp.Pollable;

/** {@code wasi:io/streams}. */
final class StreamsInterface {
    private static final String INPUT = "[method]input-stream.";
    private static final String OUTPUT = "[method]output-stream.";

    private StreamsInterface() {}

    static void declare(Functions functions) {
        functions.in("wasi:io/streams").drop("input-stream", InputStreamResource.class).stream(
                INPUT + "read", "handle i64", ResultLayout.LIST, (call, at) -> putBytes(call, at, read(call, 0, 1)))
                .stream(
                        INPUT + "blocking-read",
                        "handle i64",
                        ResultLayout.LIST,
                        (call, at) -> putBytes(call, at, blockingRead(call, 0, 1)))
                .stream(
                        INPUT + "skip",
                        "handle i64",
                        ResultLayout.U64,
                        (call, at) -> putCount(call, at, read(call, 0, 1)))
                .stream(
                        INPUT + "blocking-skip",
                        "handle i64",
                        ResultLayout.U64,
                        (call, at) -> putCount(call, at, blockingRead(call, 0, 1)))
                .plain(INPUT + "subscribe", "handle -> handle", StreamsInterface::subscribeInput)
                .drop("output-stream", OutputStreamResource.class)
                .stream(OUTPUT + "check-write", "handle", ResultLayout.U64, StreamsInterface::checkWrite)
                .stream(OUTPUT + "write", "handle list", ResultLayout.NOTHING_OR_STREAM_ERROR, StreamsInterface::write)
                .stream(
                        OUTPUT + "blocking-write-and-flush",
                        "handle list",
                        ResultLayout.NOTHING_OR_STREAM_ERROR,
                        StreamsInterface::blockingWriteAndFlush)
                .stream(OUTPUT + "flush", "handle", ResultLayout.NOTHING_OR_STREAM_ERROR, (call, at) -> output(call)
                        .flush())
                .stream(OUTPUT + "blocking-flush", "handle", ResultLayout.NOTHING_OR_STREAM_ERROR, (call, at) -> output(
                                call)
                        .flush())
                .plain(OUTPUT + "subscribe", "handle -> handle", StreamsInterface::subscribeOutput)
                .stream(
                        OUTPUT + "write-zeroes",
                        "handle i64",
                        ResultLayout.NOTHING_OR_STREAM_ERROR,
                        StreamsInterface::writeZeroes)
                .stream(
                        OUTPUT + "blocking-write-zeroes-and-flush",
                        "handle i64",
                        ResultLayout.NOTHING_OR_STREAM_ERROR,
                        StreamsInterface::blockingWriteZeroesAndFlush)
                .stream(
                        OUTPUT + "splice",
                        "handle handle i64",
                        ResultLayout.U64,
                        (call, at) -> splice(call, at, StreamsInterface::read))
                .stream(
                        OUTPUT + "blocking-splice",
                        "handle handle i64",
                        ResultLayout.U64,
                        (call, at) -> splice(call, at, StreamsInterface::blockingRead));
    }

    private static OutputStreamResource output(Call call) {
        return call.self(OutputStreamResource.class);
    }

    private static byte[] read(Call call, int stream, int length) throws StreamException {
        return call.resource(stream, InputStreamResource.class).pump().read(call.i64(length));
    }

    private static byte[] blockingRead(Call call, int stream, int length) throws StreamException, InterruptedException {
        Pollable pump = call.resource(stream, InputStreamResource.class).pump();
        if (call.i64(length) != 0) {
            pump.block();
        }
        return read(call, stream, length);
    }

    private static void putBytes(Call call, int payload, byte[] bytes) {
        Strings.lower(call.memory(), bytes, payload);
    }

    private static void putCount(Call call, int payload, byte[] skipped) {
        call.memory().putLong(payload, skipped.length);
    }

    private static long subscribeInput(Call call) {
        return call.addChild(
                new PollableResource(call.self(InputStreamResource.class).pump()));
    }

    /** Always ready: Java's streams take everything. */
    private static long subscribeOutput(Call call) {
        output(call);
        return call.addChild(new PollableResource(Timer.after(0)));
    }

    private static void checkWrite(Call call, int payload) throws StreamException {
        call.memory().putLong(payload, output(call).checkWrite());
    }

    private static void write(Call call, int payload) throws StreamException {
        OutputStreamResource stream = output(call);
        call.memory().checkList(call.i32(1), call.i32(2), 1, 1);
        stream.spend(Integer.toUnsignedLong(call.i32(2)));
        stream.write(call.memory().bytes(call.i32(1), call.i32(2)));
    }

    private static void writeZeroes(Call call, int payload) throws StreamException {
        OutputStreamResource stream = output(call);
        stream.spend(call.i64(1));
        stream.write(new byte[(int) call.i64(1)]);
    }

    private static void blockingWriteAndFlush(Call call, int payload) throws StreamException {
        OutputStreamResource stream = output(call);
        call.memory().checkList(call.i32(1), call.i32(2), 1, 1);
        ensureBlockingSize(Integer.toUnsignedLong(call.i32(2)));
        stream.write(call.memory().bytes(call.i32(1), call.i32(2)));
        stream.flush();
    }

    private static void blockingWriteZeroesAndFlush(Call call, int payload) throws StreamException {
        OutputStreamResource stream = output(call);
        ensureBlockingSize(call.i64(1));
        stream.write(new byte[(int) call.i64(1)]);
        stream.flush();
    }

    private static void ensureBlockingSize(long bytes) {
        if (Long.compareUnsigned(bytes, OutputStreamResource.MOST_BLOCKING) > 0) {
            throw new Trap("a blocking write of " + Long.toUnsignedString(bytes) + " bytes; it takes at most "
                    + OutputStreamResource.MOST_BLOCKING);
        }
    }

    /** One of the two ways to read from the stream in an argument as many bytes as another argument says. */
    private interface Reading {
        byte[] read(Call call, int stream, int length) throws StreamException, InterruptedException;
    }

    private static void splice(Call call, int payload, Reading reading) throws StreamException, InterruptedException {
        OutputStreamResource target = output(call);
        target.checkWrite(); // nothing is read that can't be written
        byte[] bytes = reading.read(call, 1, 2);
        target.spend(bytes.length);
        target.write(bytes);
        call.memory().putLong(payload, bytes.length);
    }
}
