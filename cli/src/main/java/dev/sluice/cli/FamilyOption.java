// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which of a name's addresses count. */
final class FamilyOption {
    @ArgGroup
    private Choice choice;

    /** One of them. */
    private static final class Choice {
        @Option(names = "-4", description = "IPv4 addresses only.")
        private boolean four;

        @Option(names = "-6", description = "IPv6 addresses only.")
        private boolean six;
    }

    /** The same name, with the addresses of the chosen family. */
    HostPort restrict(HostPort name) {
        return choice == null ? name : name.only(choice.four ? IpAddressFamily.IPV4 : IpAddressFamily.IPV6);
    }
}
