// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

/** A value of Java is not one of the type of WIT that is needed. */
public final class ValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ValueException(String message) {
        super(message);
    }
}
