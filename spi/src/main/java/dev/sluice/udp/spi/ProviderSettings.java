// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Network;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an administrator can set of a provider: in OSGi through Configuration Admin, with the PID
 * {@code dev.sluice.udp.NAME}; elsewhere by system properties {@code sluice.NAME.KEY}, which are read when the provider is
 * made. Immutable.
 *
 * <table>
 * <caption>The keys</caption>
 * <tr><th>key</th><th>value</th><th>default</th></tr>
 * <tr><td>{@code enabled}</td><td>{@code true} or {@code false}: a provider that isn't is unavailable</td><td>true</td></tr>
 * <tr><td>{@code ranking}</td><td>a whole number that takes the place of its priority</td><td>its priority</td></tr>
 * <tr><td>{@code sendBuffer}</td><td>the send buffer of its sockets, in bytes</td><td>the system's</td></tr>
 * <tr><td>{@code receiveBuffer}</td><td>the receive buffer of its sockets, in bytes</td><td>the system's</td></tr>
 * <tr><td>{@code idleSeconds}</td><td>how long its waiting thread stays without a socket to wait for</td><td>10</td></tr>
 * <tr><td>{@code network}</td><td>rules, several or separated by commas: {@code bind PATTERN}, {@code send PATTERN},
 * {@code receive PATTERN}, where a pattern is an {@link AddressPattern}. They are the network of sockets that are bound without
 * one</td><td>unrestricted</td></tr>
 * </table>
 *
 * @param enabled whether the provider may be used
 * @param ranking what takes the place of its priority
 * @param sendBuffer of its sockets, in bytes
 * @param receiveBuffer of its sockets, in bytes
 * @param idle how long the waiting thread stays; null: the provider's own default
 * @param network of sockets that are bound without one
 */
public record ProviderSettings(
        boolean enabled,
        OptionalInt ranking,
        OptionalLong sendBuffer,
        OptionalLong receiveBuffer,
        Duration idle,
        Network network) {
    /** Every key. */
    public static final List<String> KEYS =
            List.of("enabled", "ranking", "sendBuffer", "receiveBuffer", "idleSeconds", "network");

    /** What holds where nothing is set. */
    public static final ProviderSettings DEFAULT = new ProviderSettings(
            true, OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(), null, Network.unrestricted());

    private static final String PREFIX = "sluice.";

    /** A setting that is none. */
    public static final class InvalidSettingException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        /** Which one. */
        private final String key;

        InvalidSettingException(String key, String message) {
            super(message);
            this.key = key;
        }

        /**
         * Which one.
         *
         * @return its key
         */
        public String key() {
            return key;
        }
    }

    /**
     * Reads the system properties of a provider.
     *
     * @param name the provider's
     * @return what they say
     * @throws InvalidSettingException if one of them is wrong, or has a key that there isn't
     */
    public static ProviderSettings ofSystemProperties(String name) {
        String prefix = PREFIX + name + ".";
        Map<String, Object> values = new TreeMap<>();
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith(prefix)) {
                values.put(property.substring(prefix.length()), System.getProperty(property));
            }
        }
        return of(prefix, values);
    }

    /**
     * Reads a configuration.
     *
     * @param prefix stands before keys in messages
     * @param values by key, each the value itself, text, or for the rules of the network an array or a collection
     * @return what they say
     * @throws InvalidSettingException if one of them is wrong, or has a key that there isn't
     */
    public static ProviderSettings of(String prefix, Map<String, ?> values) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        KEYS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            String key = unknown.iterator().next();
            throw new InvalidSettingException(
                    key, prefix + key + " is no setting; there are " + String.join(", ", KEYS));
        }
        Reader reader = new Reader(prefix, values);
        OptionalLong ranking = reader.number("ranking", Integer.MIN_VALUE, Integer.MAX_VALUE);
        OptionalLong idle = reader.number("idleSeconds", 0, Integer.MAX_VALUE);
        return new ProviderSettings(
                reader.bool("enabled"),
                ranking.isPresent() ? OptionalInt.of((int) ranking.getAsLong()) : OptionalInt.empty(),
                reader.number("sendBuffer", 1, Integer.MAX_VALUE),
                reader.number("receiveBuffer", 1, Integer.MAX_VALUE),
                idle.isPresent() ? Duration.ofSeconds(idle.getAsLong()) : null,
                reader.network("network"));
    }

    /** Values that may be text. */
    private record Reader(String prefix, Map<String, ?> values) {
        private InvalidSettingException wrong(String key, String expected) {
            return new InvalidSettingException(
                    key, prefix + key + " is '" + text(values.get(key)) + "', which is not " + expected);
        }

        private static String text(Object value) {
            return value.getClass().isArray() ? String.join(", ", texts(value)) : value.toString();
        }

        boolean bool(String key) {
            Object value = values.get(key);
            if (value == null) {
                return true;
            }
            return switch (text(value).strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(key, "true or false");
            };
        }

        OptionalLong number(String key, long least, long most) {
            Object value = values.get(key);
            if (value == null) {
                return OptionalLong.empty();
            }
            try {
                long number = Long.parseLong(text(value).strip());
                if (number >= least && number <= most) {
                    return OptionalLong.of(number);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw wrong(key, "a whole number from " + least + " to " + most);
        }

        Network network(String key) {
            Object value = values.get(key);
            List<String> rules = value == null ? List.of() : texts(value);
            if (rules.isEmpty()) {
                return Network.unrestricted();
            }
            try {
                return new NetworkRules(rules);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(key, prefix + key + ": " + e.getMessage());
            }
        }

        /** One text for each, of an array, a collection, or a text with commas. */
        private static List<String> texts(Object value) {
            List<String> texts = new ArrayList<>();
            if (value instanceof Collection<?> collection) {
                collection.forEach(each -> texts.add(String.valueOf(each)));
            } else if (value.getClass().isArray()) {
                for (int i = 0; i < Array.getLength(value); i++) {
                    texts.add(String.valueOf(Array.get(value, i)));
                }
            } else {
                texts.addAll(Arrays.asList(value.toString().split(",")));
            }
            texts.removeIf(String::isBlank);
            return texts;
        }
    }
}
