// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.AbiFunction;
import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.Trap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The canonical built-in functions for streams and futures. An import names the type by a function of WIT in which it
 * occurs: {@code [stream-read-0][method]tcp-socket.send} is for the first stream or future in the type of that method.
 */
public final class StreamBuiltins {
    /** The copy is under way. */
    static final long BLOCKED = 0xffff_ffffL;

    private static final Pattern NAME =
            Pattern.compile("(\\[async-lower])?\\[(stream|future)-([a-z-]+)-(\\d+|unit)](.*)");

    private final Tasks tasks;
    private final Map<String, Element> elements = new HashMap<>();

    public StreamBuiltins(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Declares what the streams and futures in the type of a function carry, in their order there. */
    public void declare(String interfaceName, String function, Element... carried) {
        for (int i = 0; i < carried.length; i++) {
            elements.put(interfaceName + '#' + function + '#' + i, carried[i]);
        }
    }

    /** The built-in function of that name; null if there is none. */
    public AbiFunction find(String interfaceName, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return null;
        }
        String index = parts.group(4);
        Element element = index.equals("unit")
                ? Element.NOTHING
                : elements.get(interfaceName + '#' + parts.group(5) + '#' + index);
        return element == null
                ? null
                : new OneType(element, parts.group(2).equals("future"), parts.group(1) == null)
                        .function(parts.group(3));
    }

    /** The functions for one type. */
    private final class OneType {
        private final Element element;
        private final boolean isFuture;
        private final boolean blocks;

        OneType(Element element, boolean isFuture, boolean blocks) {
            this.element = element;
            this.isFuture = isFuture;
            this.blocks = blocks;
        }

        AbiFunction function(String operation) {
            String copied = isFuture ? "handle i32 -> i32" : "handle i32 i32 -> i32";
            return switch (operation) {
                case "new" -> Functions.one("-> i64", this::create);
                case "read" -> Functions.one(copied, call -> copy(call, true));
                case "write" -> Functions.one(copied, call -> copy(call, false));
                case "cancel-read" -> Functions.one("handle -> i32", call -> cancel(call, true));
                case "cancel-write" -> Functions.one("handle -> i32", call -> cancel(call, false));
                case "drop-readable" -> Functions.one("handle", call -> drop(call, true));
                case "drop-writable" -> Functions.one("handle", call -> drop(call, false));
                default -> null;
            };
        }

        private long create(Call call) {
            Channel channel = Channel.between(element, isFuture, tasks.loop);
            int readable = new CopyEnd(channel, true).addTo(call.handles());
            int writable = new CopyEnd(channel, false).addTo(call.handles());
            return Integer.toUnsignedLong(readable) | (long) writable << 32;
        }

        private CopyEnd end(Call call, boolean isReadable) {
            CopyEnd end = call.self(CopyEnd.class);
            if (end.isReadable != isReadable || end.channel.isFuture != isFuture || end.channel.element != element) {
                throw new Trap("the handle is " + end + ", but that of another one is needed");
            }
            return end;
        }

        private long copy(Call call, boolean reads) throws InterruptedException {
            CopyEnd end = end(call, reads);
            ensureNotInSet(end);
            end.begin(new GuestBuffer(call, element, call.i32(1), isFuture ? 1 : call.i32(2)));
            return result(end);
        }

        private long cancel(Call call, boolean reads) throws InterruptedException {
            CopyEnd end = end(call, reads);
            ensureNotInSet(end);
            end.cancel();
            return result(end);
        }

        private void ensureNotInSet(CopyEnd end) {
            if (blocks && end.isInSet()) {
                throw new Trap(end + " is waited for while it is in a waitable-set");
            }
        }

        private long result(CopyEnd end) throws InterruptedException {
            if (!end.hasEvent() && blocks) {
                tasks.current().ensureMayBlock();
                while (!end.hasEvent()) {
                    tasks.loop.runNext();
                }
            }
            return end.hasEvent() ? Integer.toUnsignedLong(end.take().payload()) : BLOCKED;
        }

        private long drop(Call call, boolean isReadable) {
            end(call, isReadable);
            call.handles().drop(call.i32(0), CopyEnd.class);
            return 0;
        }
    }
}
