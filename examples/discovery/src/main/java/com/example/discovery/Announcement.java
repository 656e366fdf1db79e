package com.example.discovery;

import java.util.Optional;

/** The two datagrams of the protocol: the question {@code discover}, and the announcement {@code here NAME}. */
record Announcement(String name) {
    static final String QUESTION = "discover";

    private static final String PREFIX = "here ";

    /** Names are printed as they come from the network, so they have no characters that a terminal obeys. */
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9.-]{1,63}");
    }

    /** Empty if the text is something else: anything can be sent to a group. */
    static Optional<Announcement> parse(String text) {
        return Optional.of(text)
                .filter(it -> it.startsWith(PREFIX))
                .map(it -> it.substring(PREFIX.length()))
                .filter(Announcement::isName)
                .map(Announcement::new);
    }

    @Override
    public String toString() {
        return PREFIX + name;
    }
}
