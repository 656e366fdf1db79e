// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the type of a function in WIT's text form, of types that have no name of their own. */
final class WitParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(->|[a-z%][a-z0-9-]*|[():<>,]|$|.)");

    private final String text;
    private final Matcher tokens;
    private String token;

    WitParser(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
        advance();
    }

    /** {@code func(name: type, …) -> type}, or {@code async func} likewise. */
    WitFunction function() {
        boolean isAsync = token.equals("async");
        if (isAsync) {
            advance();
        }
        expect("func");
        expect("(");
        List<WitType> parameters = new ArrayList<>();
        while (!token.equals(")")) {
            if (!parameters.isEmpty()) {
                expect(",");
            }
            advance(); // the name
            expect(":");
            parameters.add(type());
        }
        expect(")");
        WitType result = null;
        if (token.equals("->")) {
            advance();
            result = type();
        }
        expect("");
        return new WitFunction(isAsync, new TupleType(parameters), result);
    }

    private WitType type() {
        String name = token;
        advance();
        return switch (name) {
            case "string" -> new StringType();
            case "list" -> new ListType(only());
            case "option" -> new OptionType(only());
            case "tuple" -> new TupleType(arguments());
            default -> primitive(name);
        };
    }

    private WitType primitive(String name) {
        for (PrimitiveType type : PrimitiveType.values()) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw problem("'" + name + "' is none of the types bool, s8 to s64, u8 to u64, f32, f64, char, string, list<…>,"
                + " option<…> and tuple<…>");
    }

    private WitType only() {
        List<WitType> arguments = arguments();
        if (arguments.size() != 1) {
            throw problem("list and option have one type argument");
        }
        return arguments.get(0);
    }

    private List<WitType> arguments() {
        expect("<");
        List<WitType> arguments = new ArrayList<>(List.of(type()));
        while (token.equals(",")) {
            advance();
            arguments.add(type());
        }
        expect(">");
        return arguments;
    }

    private void expect(String expected) {
        if (!token.equals(expected)) {
            throw problem(
                    (expected.isEmpty() ? "the end" : "'" + expected + "'") + " is expected before '" + token + "'");
        }
        if (!expected.isEmpty()) {
            advance();
        }
    }

    private void advance() {
        if (!tokens.find()) {
            throw problem("it ends too early");
        }
        token = tokens.group(1);
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("The function type \"" + text + "\" can't be read: " + what);
    }
}
