/** The conformance kit: what authors of providers run to prove that theirs keeps every rule. */
module dev.sluice.udp.tck {
    requires java.management;
    requires transitive dev.sluice.udp;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;

    // JUnit constructs the test classes and calls their methods by reflection.
    opens dev.sluice.udp.tck;

    exports dev.sluice.udp.tck;

    uses dev.sluice.udp.UdpSocketProvider;
}
