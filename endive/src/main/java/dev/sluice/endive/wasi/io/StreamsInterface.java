// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.abi.Trap;
import dev.sluice.udp.Pollable;

/** {@code wasi:io/streams}. */
public final class StreamsInterface {
    private static final String INPUT = "[method]input-stream.";
    private static final String OUTPUT = "[method]output-stream.";
    private static final ResultLayout LIST = ResultLayout.LIST;
    private static final ResultLayout U64 = ResultLayout.U64;
    private static final ResultLayout NOTHING = ResultLayout.NOTHING_OR_STREAM_ERROR;

    private StreamsInterface() {}

    public static void declare(Functions functions) {
        functions
                .in("wasi:io/streams", StreamException.ERROR_CASE)
                .drop("input-stream", InputStreamResource.class)
                .result(INPUT + "read", "handle i64", LIST, (call, at) -> putBytes(call, at, read(call, 0, 1)))
                .result(
                        INPUT + "blocking-read",
                        "handle i64",
                        LIST,
                        (call, at) -> putBytes(call, at, blockingRead(call, 0, 1)))
                .result(INPUT + "skip", "handle i64", U64, (call, at) -> putCount(call, at, read(call, 0, 1)))
                .result(
                        INPUT + "blocking-skip",
                        "handle i64",
                        U64,
                        (call, at) -> putCount(call, at, blockingRead(call, 0, 1)))
                .plain(INPUT + "subscribe", "handle -> handle", StreamsInterface::subscribeInput)
                .drop("output-stream", OutputStreamResource.class)
                .result(OUTPUT + "check-write", "handle", U64, StreamsInterface::checkWrite)
                .result(OUTPUT + "write", "handle list", NOTHING, StreamsInterface::write)
                .result(
                        OUTPUT + "blocking-write-and-flush",
                        "handle list",
                        NOTHING,
                        StreamsInterface::blockingWriteAndFlush)
                .result(OUTPUT + "flush", "handle", NOTHING, StreamsInterface::flush)
                .result(OUTPUT + "blocking-flush", "handle", NOTHING, (call, at) -> output(call)
                        .blockingFlush())
                .plain(OUTPUT + "subscribe", "handle -> handle", StreamsInterface::subscribeOutput)
                .result(OUTPUT + "write-zeroes", "handle i64", NOTHING, StreamsInterface::writeZeroes)
                .result(
                        OUTPUT + "blocking-write-zeroes-and-flush",
                        "handle i64",
                        NOTHING,
                        StreamsInterface::blockingWriteZeroesAndFlush)
                .result(OUTPUT + "splice", "handle handle i64", U64, (call, at) -> splice(call, at, false))
                .result(OUTPUT + "blocking-splice", "handle handle i64", U64, (call, at) -> splice(call, at, true));
    }

    private static OutputStreamResource output(Call call) {
        return call.self(OutputStreamResource.class);
    }

    private static byte[] read(Call call, int stream, int length) throws StreamException {
        return call.resource(stream, InputStreamResource.class).source().read(call.i64(length));
    }

    private static byte[] blockingRead(Call call, int stream, int length) throws StreamException, InterruptedException {
        Pollable pump = call.resource(stream, InputStreamResource.class).source();
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
                new PollableResource(call.self(InputStreamResource.class).source()));
    }

    private static long subscribeOutput(Call call) {
        return call.addChild(new PollableResource(output(call).sink()));
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

    private static void flush(Call call, int payload) throws StreamException {
        output(call).flush();
    }

    private static void blockingWriteAndFlush(Call call, int payload) throws StreamException, InterruptedException {
        OutputStreamResource stream = output(call);
        call.memory().checkList(call.i32(1), call.i32(2), 1, 1);
        ensureBlockingSize(Integer.toUnsignedLong(call.i32(2)));
        stream.blockingWriteAndFlush(call.memory().bytes(call.i32(1), call.i32(2)));
    }

    private static void blockingWriteZeroesAndFlush(Call call, int payload)
            throws StreamException, InterruptedException {
        OutputStreamResource stream = output(call);
        ensureBlockingSize(call.i64(1));
        stream.blockingWriteAndFlush(new byte[(int) call.i64(1)]);
    }

    private static void ensureBlockingSize(long bytes) {
        if (Long.compareUnsigned(bytes, OutputStreamResource.MOST_BLOCKING) > 0) {
            throw new Trap("a blocking write of " + Long.toUnsignedString(bytes) + " bytes; the most is "
                    + OutputStreamResource.MOST_BLOCKING);
        }
    }

    private static void splice(Call call, int payload, boolean blocking) throws StreamException, InterruptedException {
        OutputStreamResource target = output(call);
        ByteSource source = call.resource(1, InputStreamResource.class).source();
        boolean some = call.i64(2) != 0;
        // Before anything is read, which would be lost.
        long permitted = blocking && some ? target.awaitPermit() : target.checkWrite();
        byte[] bytes = {};
        if (permitted > 0) {
            if (blocking && some) {
                source.block();
            }
            bytes = source.read(Long.compareUnsigned(call.i64(2), permitted) < 0 ? call.i64(2) : permitted);
            target.spend(bytes.length);
            target.write(bytes);
        }
        call.memory().putLong(payload, bytes.length);
    }
}
