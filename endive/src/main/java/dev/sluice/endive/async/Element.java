// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

/**
 * The type of what a stream or future carries. Two are the same type if they are the same object.
 *
 * @param name for messages
 * @param size the bytes of one in memory
 * @param alignment of one in memory
 * @param isNumber whether it is a number, or nothing: such are copied between two ends of the same guest
 */
public record Element(String name, int size, int alignment, boolean isNumber) {
    public static final Element NOTHING = new Element("nothing", 0, 1, true);
    public static final Element U8 = new Element("u8", 1, 1, true);

    /** What takes one handle. */
    public static Element handle(String resource) {
        return new Element(resource, 4, 4, false);
    }
}
