// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What was probably meant by a word that is mistyped. */
final class Suggestions {
    /** Up to one slip in so many letters. */
    private static final int LETTERS_PER_SLIP = 3;

    private Suggestions() {}

    /** The nearest of the words that are possible, if one is near. */
    static Optional<String> nearest(String mistyped, Collection<String> possible) {
        return possible.stream()
                .filter(word -> distance(mistyped, word) <= Math.max(1, letters(word) / LETTERS_PER_SLIP))
                .min(Comparator.comparingInt(word -> distance(mistyped, word)));
    }

    private static int letters(String word) {
        return (int) word.chars().filter(Character::isLetter).count();
    }

    /** How many letters are missing, too many, wrong or swapped with the next (optimal string alignment). */
    private static int distance(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, one, other, i, j);
            }
        }
        return distance[one.length()][other.length()];
    }

    private static int step(int[][] distance, String one, String other, int i, int j) {
        int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int nearest = Math.min(distance[i - 1][j - 1] + wrong, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwapped ? Math.min(nearest, distance[i - 2][j - 2] + 1) : nearest;
    }
}
