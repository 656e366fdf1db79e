// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.Rule;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that a test proves: the ones with which the name of its method begins. */
final class ProvenRules {
    private static final Pattern NEXT_ID = Pattern.compile("\\G([A-Z]\\d[a-z]?)_");

    private ProvenRules() {}

    /**
     * The rules that a test proves.
     *
     * @param method the name of its method, such as {@code S5_sendWithoutPermitTraps} or {@code S2_R2_keptOnce}
     * @return the rules; empty if the name begins with none
     */
    static Set<Rule> of(String method) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Matcher ids = NEXT_ID.matcher(method);
        while (ids.find()) {
            rules.add(Rule.valueOf(ids.group(1)));
        }
        return rules;
    }
}
