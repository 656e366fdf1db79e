package dev.sluice.netlab;

import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;

/** The two families, with what a test needs of each. */
enum Family {
    IPV4(IpAddressFamily.IPV4, "0.0.0.0"),
    IPV6(IpAddressFamily.IPV6, "::");

    final IpAddressFamily address;
    private final String any;

    Family(IpAddressFamily address, String any) {
        this.address = address;
        this.any = any;
    }

    /** Every interface, a free port. */
    InetSocketAddress any() {
        return Lab.address(any, 0);
    }
}
