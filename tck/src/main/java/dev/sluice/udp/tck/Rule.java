package dev.sluice.udp.tck;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of the specification, each in one sentence. The name of a test begins with the rules that it proves. */
public enum Rule {
    /** The answer of checkSend. */
    C1("checkSend says without blocking how many datagrams the next send may carry: 1 to 1024 while the gate is open"),
    /** One gate. */
    C2(
            "checkSend and the pollable read one gate, which a full buffer closes and the kernel opens: they never disagree"),
    /** Permits replace each other. */
    C3("a new checkSend replaces the permit of the one before, and on a fresh socket permits something"),
    /** A full buffer closes the gate. */
    C4("after a send that met a full buffer checkSend answers 0 until the socket is writable again"),
    /** What send counts. */
    S1(
            "send tries the datagrams in order and counts those handed to the kernel, which survive the closing of the socket"),
    /** Partial success. */
    S2("a send that got anything out returns the count; what stopped it shows itself on the next call"),
    /** Failure of the first. */
    S3("if the first datagram fails its error is thrown; if the buffer is full at once the answer is 0"),
    /** The empty list. */
    S4("an empty list returns 0, needs no permit and spends none"),
    /** The trap. */
    S5("a send without a permit, or beyond it, sends nothing and traps; any send that is not empty spends the permit"),
    /** Invisible batching. */
    S6("batching is invisible: every datagram arrives once, whole, in order, and an empty one is a datagram"),
    /** What was not counted. */
    S7("what was not counted was not transmitted, and no payload buffer's position or limit changes"),
    /** Pending errors. */
    S8("an error left by an earlier datagram is reported once, and the datagram whose send meets it is not counted"),
    /** One sender at a time. */
    S9("threads that share a stream by mistake trap or take turns; nothing is damaged, lost or doubled"),
    /** Wrong family. */
    E1("a destination of the wrong family, IPv4 in IPv6 disguise included, or unresolved is invalid-argument"),
    /** Unspecified address. */
    E2("the unspecified address as a destination is invalid-argument"),
    /** Port 0. */
    E3("port 0 as a destination is invalid-argument"),
    /** Another peer. */
    E4("on a stream with a peer a datagram to somebody else is invalid-argument"),
    /** No destination. */
    E5("on a stream without a peer a datagram without a destination is invalid-argument"),
    /** Too large. */
    E6("a datagram above the protocol's size, or too large for the path, is datagram-too-large"),
    /** Unreachable. */
    E7("what can't be reached is remote-unreachable"),
    /** Refused. */
    E8("a port where nobody listens is connection-refused"),
    /** The other errors. */
    E9("every other system error has the code that the WIT assigns it for that operation, and nothing is guessed"),
    /** The network's word on sending. */
    N1("a destination that the network does not allow is access-denied, found before any system call"),
    /** The network's word on the rest. */
    N2("the network is asked about binding, peers and sources, never under a lock"),
    /** Creation. */
    U1(
            "a new socket is non-blocking and of one family only; a missing family is not-supported, too many new-socket-limit"),
    /** Binding. */
    U2(
            "bind refuses the wrong family, a second time, taken and foreign addresses, each with its code; port 0 picks one"),
    /** Streams. */
    U3("stream may be called again and the port stays; every call ends the pair before it"),
    /** Filtering by peer. */
    U4("with a peer only its datagrams are received, those queued before included"),
    /** Addresses. */
    U5("localAddress needs a bound socket, remoteAddress a peer"),
    /** Options. */
    U6("hop limit and buffer sizes can be set and read back, 0 is refused; what a provider lacks is not-supported"),
    /** Closing. */
    U7("close is idempotent, frees the port, and wakes whoever waits; later calls answer invalid-state"),
    /** Two threads. */
    U8("sending and receiving run side by side, and foreign code never runs under a lock"),
    /** Receiving. */
    R1("receive takes up to so many datagrams without blocking; nothing there is an empty answer, never an error"),
    /** Errors of receiving. */
    R2("an error met after a datagram was received loses neither"),
    /** Exact datagrams. */
    R3("each datagram has its exact bytes and its source"),
    /** Refused sources. */
    R4("what the network does not allow as a source is dropped silently and counted"),
    /** Waiting. */
    P1("ready never blocks; block and poll wait, interruptibly, for one or several, also on virtual threads"),
    /** Errors are news. */
    P2("a pending or kept error, a closed socket and a superseded stream are ready"),
    /** The primitive. */
    P3("a one-shot callback that can be cancelled carries all waiting, for ten thousand sockets at once"),
    /** Discovery. */
    V1("a provider is found by ServiceLoader, and in OSGi as a service"),
    /** Choice. */
    V2("the named provider, else the best available one; an unavailable one says why"),
    /** Coming and going. */
    V3("stopping a provider closes its sockets and ends its threads; who used them sees errors, no hang"),
    /** Portability. */
    V4("provider-nio runs wherever Java does"),
    /** Third parties. */
    V5("a provider can be written from the documentation alone and proven with this kit");

    private static final Pattern NEXT_ID = Pattern.compile("\\G([A-Z][0-9])_");

    private final String statement;

    Rule(String statement) {
        this.statement = statement;
    }

    /**
     * What the rule says, in one sentence.
     *
     * @return the sentence, without a full stop
     */
    public String statement() {
        return statement;
    }

    /**
     * The rules that a test proves.
     *
     * @param method the name of its method, such as {@code S5_sendWithoutPermitTraps} or {@code S2_R2_keptOnce}
     * @return the rules; empty if the name begins with none
     */
    static Set<Rule> provenBy(String method) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Matcher ids = NEXT_ID.matcher(method);
        while (ids.find()) {
            rules.add(valueOf(ids.group(1)));
        }
        return rules;
    }
}
