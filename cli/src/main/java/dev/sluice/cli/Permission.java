// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.spi.AddressPattern;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine.TypeConversionException;

/** One {@code --allow}: a right, and the addresses or the names that it is for. */
record Permission(Right right, Predicate<InetSocketAddress> addresses, Predicate<String> names) {

    /** What a guest may want to do. */
    enum Right {
        BIND("bind"),
        SEND("send to"),
        RECEIVE("receive from"),
        CONNECT("connect to"),
        LISTEN("listen on"),
        ACCEPT("accept connections from"),
        RESOLVE("resolve");

        /** What it is called in a sentence. */
        final String verb;

        Right(String verb) {
            this.verb = verb;
        }

        /** What it is called in the option. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Permission parse(String text) {
        int equals = text.indexOf('=');
        for (Right right : Right.values()) {
            if (equals >= 0 && text.substring(0, equals).equals(right.word())) {
                String pattern = text.substring(equals + 1);
                return right == Right.RESOLVE
                        ? new Permission(right, address -> false, names(pattern))
                        : new Permission(right, addresses(pattern)::matches, name -> false);
            }
        }
        throw new TypeConversionException("'" + text
                + "' is none of bind=PATTERN, send=PATTERN, receive=PATTERN, connect=PATTERN, listen=PATTERN,"
                + " accept=PATTERN, resolve=NAME");
    }

    private static AddressPattern addresses(String pattern) {
        try {
            return AddressPattern.parse(pattern);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** A name, or {@code *.example.org} for all below it, or {@code *}. */
    private static Predicate<String> names(String pattern) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        if (wanted.equals("*")) {
            return name -> true;
        }
        return wanted.startsWith("*.")
                ? name -> name.toLowerCase(Locale.ROOT).endsWith(wanted.substring(1))
                : name -> name.toLowerCase(Locale.ROOT).equals(wanted);
    }
}
