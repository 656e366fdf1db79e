// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

/**
 * The rules that Sluice keeps, one constant each; the specification of this library. Documentation links to them,
 * and tests are named after them. No method of the API takes or returns one.
 *
 * <p>Sources: "WIT" is the package {@code wasi:sockets} 0.2 and {@code wasi:io/poll}; "host" is the reference host,
 * {@code wasmtime-wasi}; "Linux" cites manual pages; "ADR" is a decision record of this project.
 */
// Generated from docs/specification.md, which also has the rules that are not implemented yet: change that page.
public enum Rule {
    /**
     * {@code checkSend} says without blocking how many datagrams the next {@code send} may carry: 1 to 1024 while the
     * gate is open.
     *
     * <p>It throws an error of the stream's state. It never blocks and never answers would-block.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code outgoing-datagram-stream.check-send}; the bound is Sluice's (ADR 2).
     */
    C1("checkSend says without blocking how many datagrams the next send may carry: 1 to 1024 while the gate is open"),

    /**
     * {@code checkSend} and the pollable read one gate, which a full buffer closes and the kernel opens: they never
     * disagree.
     *
     * <p>After {@code checkSend} returned 0, the stream's pollable becomes ready once {@code checkSend} would return at
     * least 1, or throw. There is one gate per stream. A pollable that is ready while {@code checkSend} returns 0, or
     * the reverse, is a bug. On an open gate {@code checkSend} makes no system call.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code check-send} and {@code subscribe}; one gate for both is Sluice's (ADR
     * 2).
     */
    C2(
            "checkSend and the pollable read one gate, which a full buffer closes and the kernel opens: they never disagree"),

    /**
     * A new {@code checkSend} replaces the permit of the one before, and on a fresh socket permits something.
     *
     * <p>Permits are not added up. A fresh socket is writable, so the first answer is greater than 0.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code check-send} ("permitted for the next call"); host.
     */
    C3("A new checkSend replaces the permit of the one before, and on a fresh socket permits something"),

    /**
     * After a {@code send} that met a full buffer {@code checkSend} answers 0 until the socket is writable again.
     *
     * <p>A {@code send} that took fewer datagrams than it was given for another reason does not close the gate.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code check-send}; Linux, socket(7) and poll(2).
     */
    C4("After a send that met a full buffer checkSend answers 0 until the socket is writable again"),

    /**
     * {@code send} tries the datagrams in order and counts those handed to the kernel, which survive the closing of the
     * socket.
     *
     * <p>It does not block. It goes on until the end of the list or the first error, and returns how many were sent.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code outgoing-datagram-stream.send}. That what is counted has reached the
     * kernel is Sluice's: the WIT also allows "queued for sending".
     */
    S1(
            "send tries the datagrams in order and counts those handed to the kernel, which survive the closing of the socket"),

    /**
     * A {@code send} that sent at least one datagram returns the count; what stopped it is reported by the next call.
     *
     * <p>It never throws for a later datagram. An error that concerns the datagram itself ({@link #E1} to {@link #E6},
     * {@link #N1}) the caller meets when it sends the rest. On a stream with a peer, an error of the path or the peer
     * ({@link #E7}, {@link #E8}), which the kernel forgets once it has reported it, is kept: it makes the socket's
     * pollables ready, and is thrown once, by the next {@code send} that is not empty or the next {@code receive},
     * before any system call. {@code checkSend} neither throws nor consumes it.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}; keeping is Sluice's (ADR 3).
     */
    S2("A send that sent at least one datagram returns the count; what stopped it is reported by the next call"),

    /**
     * If the first datagram fails its error is thrown; if the buffer is full at once the answer is 0.
     *
     * <p>The answer is never would-block.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}.
     */
    S3("If the first datagram fails its error is thrown; if the buffer is full at once the answer is 0"),

    /**
     * An empty list returns 0, needs no permit and spends none.
     *
     * <p>The WIT can be read both ways; this is what the reference host does.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}; host.
     */
    S4("An empty list returns 0, needs no permit and spends none"),

    /**
     * A {@code send} without a permit, or beyond it, sends nothing and traps; any {@code send} that is not empty spends
     * the permit.
     *
     * <p>A trap is the unchecked {@code SendNotPermittedException}: it is an error in the program. A Wasm guest traps.
     * The permit is spent whatever the result of the {@code send}, also when the call was refused.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} ("Implementations must trap"); when a permit is spent: host.
     */
    S5("A send without a permit, or beyond it, sends nothing and traps; any send that is not empty spends the permit"),

    /**
     * Batching is invisible: every datagram arrives once, whole, in order, and an empty one is a datagram.
     *
     * <p>However an implementation batches, the result is one that sending the datagrams one by one could have given
     * under some timing of the network. Bytes, boundaries, order, validation errors and exactly-once are the same.
     * <i>When</i> a buffer fills, or an ICMP error arrives, is not promised.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} ("semantically behaves the same as iterating the datagrams
     * list"); Linux, udp(7), UDP_SEGMENT.
     */
    S6("Batching is invisible: every datagram arrives once, whole, in order, and an empty one is a datagram"),

    /**
     * What was not counted was not transmitted, and no payload buffer's position or limit changes.
     *
     * <p>A datagram that was not counted is the caller's to send again.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} ("how many messages were actually sent"); buffers: Sluice.
     */
    S7("What was not counted was not transmitted, and no payload buffer's position or limit changes"),

    /**
     * An error left by an earlier datagram is reported once, and the datagram whose {@code send} meets it is not
     * counted.
     *
     * <p>The first {@code send} or {@code receive} that meets the pending error reports it. The kernel did not transmit
     * the datagram whose send was answered with it. {@code SocketErrorException.concernsEarlierDatagram} tells such an
     * error, after which the same datagram is sent again, from that of the datagram itself.
     *
     * <p><b>Source:</b> Linux, ip(7) and udp(7) (errors of connected sockets); RFC 1122, 4.1.3.3.
     */
    S8("An error left by an earlier datagram is reported once, and the datagram whose send meets it is not counted"),

    /**
     * Threads that share a stream by mistake trap or wait for each other; nothing is damaged, lost or doubled.
     *
     * <p>{@code checkSend} and {@code send} belong together: a stream has one sending thread at a time.
     *
     * <p><b>Source:</b> Sluice. WASI 0.2 has no threads.
     */
    S9("Threads that share a stream by mistake trap or wait for each other; nothing is damaged, lost or doubled"),

    /**
     * A destination that is unresolved or of the wrong family, IPv4-mapped addresses included, is invalid-argument.
     *
     * <p>On an IPv6 socket IPv4-mapped addresses ({@code ::ffff:a.b.c.d}) and the deprecated IPv4-compatible ones
     * ({@code ::a.b.c.d}) are of the wrong family.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} (EAFNOSUPPORT); mapped and compatible ones: host; RFC 4291,
     * 2.5.5.
     */
    E1("A destination that is unresolved or of the wrong family, IPv4-mapped addresses included, is invalid-argument"),

    /**
     * The unspecified address as a destination is invalid-argument.
     *
     * <p>That is {@code 0.0.0.0} or {@code ::}. Linux would send to the loopback address instead.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} (INADDR_ANY).
     */
    E2("The unspecified address as a destination is invalid-argument"),

    /**
     * Port 0 as a destination is invalid-argument.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}.
     */
    E3("Port 0 as a destination is invalid-argument"),

    /**
     * On a stream with a peer a datagram to another address is invalid-argument.
     *
     * <p>Addresses are compared as the kernel compares them: the scope id counts for link-local addresses
     * ({@code fe80::/10}, {@code ff02::/16} and the like) and is ignored for all others.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code outgoing-datagram.remote-address} and {@code send} (EISCONN); Linux,
     * ipv6(7), {@code sin6_scope_id}.
     */
    E4("On a stream with a peer a datagram to another address is invalid-argument"),

    /**
     * On a stream without a peer a datagram without a destination is invalid-argument.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} (EDESTADDRREQ).
     */
    E5("On a stream without a peer a datagram without a destination is invalid-argument"),

    /**
     * A datagram above the protocol's size, or too large for the path, is datagram-too-large.
     *
     * <p>The protocol's sizes are 65 507 bytes of payload (IPv4) and 65 527 (IPv6). The system reports a narrower path
     * with EMSGSIZE.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send} (EMSGSIZE); RFC 768, RFC 791, RFC 8200.
     */
    E6("A datagram above the protocol's size, or too large for the path, is datagram-too-large"),

    /**
     * A destination that can't be reached is remote-unreachable.
     *
     * <p>EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, ENONET; on Windows also ECONNRESET and ENETRESET.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}.
     */
    E7("A destination that can't be reached is remote-unreachable"),

    /**
     * A port on which no socket receives is connection-refused.
     *
     * <p>ECONNREFUSED: with a peer, the ICMP answer to an earlier datagram ({@link #S8}).
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code send}; Linux, udp(7).
     */
    E8("A port on which no socket receives is connection-refused"),

    /**
     * Every other system error has the code that the WIT assigns it for that operation, and nothing is guessed.
     *
     * <p>Among them are access-denied, out-of-memory, not-supported and unknown. Some depend on the operation:
     * EAFNOSUPPORT, EDESTADDRREQ, EADDRNOTAVAIL, EISCONN and EINVAL from a send are invalid-argument; EAFNOSUPPORT from
     * the creation of a socket is not-supported. The exception keeps the errno, or the original exception as its cause.
     *
     * <p><b>Source:</b> WIT {@code network}, {@code error-code}, and the "typical errors" of each function of
     * {@code udp}.
     */
    E9("Every other system error has the code that the WIT assigns it for that operation, and nothing is guessed"),

    /**
     * A destination that the socket's {@code Network} does not allow is access-denied, found before any system call.
     *
     * <p>It is asked after {@link #E1} to {@link #E5}.
     *
     * <p><b>Source:</b> WIT {@code network}, resource {@code network} ("access to (a subset of) the network"); the
     * order: host.
     */
    N1("A destination that the socket's Network does not allow is access-denied, found before any system call"),

    /**
     * The network is asked about binding, peers, destinations and sources, before any system call and never under a
     * lock.
     *
     * <p>It says of an address whether a socket may be bound to it, send to it, receive from it. A refused {@code bind}
     * is access-denied. {@code stream(peer)} needs the right to send to the peer or to receive from it. For
     * {@code send} see {@link #N1}, for sources {@link #R4}. The plain {@code bind(address)} uses the network that
     * allows everything.
     *
     * <p><b>Source:</b> WIT {@code network} and {@code udp}, {@code start-bind}; host (the check of socket addresses);
     * locks: Sluice.
     */
    N2(
            "The network is asked about binding, peers, destinations and sources, before any system call and never under a lock"),

    /**
     * A new socket is non-blocking and of one family only; a missing family is not-supported, too many are
     * new-socket-limit.
     *
     * <p>The socket is close-on-exec where the provider can say so; the JDK's channels can't. An IPv6 socket takes IPv6
     * only. The JDK's channels can't be told so either; there IPv4-mapped addresses are refused and datagrams from IPv4
     * sources never delivered, and the capability {@code V6ONLY_BIND} tells the difference that remains. A host without
     * IPv6 (not built in, disabled for every interface, or {@code java.net.preferIPv4Stack} set) answers not-supported,
     * alike on every provider. A descriptor limit that is reached is new-socket-limit.
     *
     * <p><b>Not implemented yet:</b> close-on-exec.
     *
     * <p><b>Source:</b> WIT {@code udp-create-socket} (IPV6_V6ONLY, not-supported, new-socket-limit); Linux, ipv6(7),
     * open(2).
     */
    U1(
            "A new socket is non-blocking and of one family only; a missing family is not-supported, too many are new-socket-limit"),

    /**
     * {@code bind} refuses the wrong family, a second time, taken and foreign addresses, each with its code; port 0
     * picks a free port.
     *
     * <p>Wrong family or unresolved ({@link #E1}): invalid-argument. Bound already: invalid-state. Taken:
     * address-in-use. Not an address of this machine: address-not-bindable. Refused by the {@code Network}:
     * access-denied. WASI's {@code start-bind} and {@code finish-bind}, with not-in-progress, exist for Wasm guests
     * only, in the module {@code endive}.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code start-bind} and {@code finish-bind}; Linux, bind(2).
     */
    U2(
            "bind refuses the wrong family, a second time, taken and foreign addresses, each with its code; port 0 picks a free port"),

    /**
     * {@code stream} may be called again and the port stays; every call ends the pair before it.
     *
     * <p>An unbound socket answers invalid-state. The remote address is checked as in {@link #E1} to {@link #E3}. The
     * call changes the peer or drops it. Every call on a bound socket, a failed one too, supersedes the pair before it:
     * superseded streams answer invalid-state, and their pollables are ready. A call that validation or the
     * {@code Network} refuses changes nothing else; one that failed in the kernel leaves the socket without a peer.
     * After any sequence of calls the socket hears and sends what a fresh one on its port would. Streams have no
     * {@code close} of their own.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code udp-socket.stream}; Linux, connect(2) (AF_UNSPEC), which leaves the
     * former peer's address in an IPv6 socket.
     */
    U3("stream may be called again and the port stays; every call ends the pair before it"),

    /**
     * With a peer only its datagrams are received, those queued before included.
     *
     * <p>Addresses are compared as in {@link #E4}. Datagrams of others are dropped, also if they were queued before the
     * call; the peer's own queued ones are kept. What arrives <i>during</i> the call may be lost on a provider without
     * the capability {@code LOSSLESS_CONNECT}.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code stream} and {@code incoming-datagram.remote-address}; what was queued:
     * host, and Sluice.
     */
    U4("With a peer only its datagrams are received, those queued before included"),

    /**
     * {@code localAddress} needs a bound socket, {@code remoteAddress} a peer.
     *
     * <p>Otherwise they answer invalid-state. {@code addressFamily} always answers.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code local-address}, {@code remote-address}, {@code address-family}.
     */
    U5("localAddress needs a bound socket, remoteAddress a peer"),

    /**
     * Hop limit and buffer sizes can be set and read back, 0 is refused; what a provider lacks is not-supported.
     *
     * <p>Setting 0 is invalid-argument. Any other buffer size is clamped to what the kernel allows, never an error; a
     * size within its limits reads back as it was set, not doubled. What a provider can't do answers not-supported, on
     * reading and on setting, and its documentation says so (nio: the hop limit, capability {@code UNICAST_HOP_LIMIT}).
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code unicast-hop-limit}, {@code receive-buffer-size},
     * {@code send-buffer-size}; Linux, socket(7) (SO_RCVBUF doubles).
     */
    U6("Hop limit and buffer sizes can be set and read back, 0 is refused; what a provider lacks is not-supported"),

    /**
     * {@code close} is idempotent, frees the port, and wakes those that wait; later calls answer invalid-state.
     *
     * <p>The port is free when {@code close} returns. It is safe while other threads send, receive or wait: both
     * streams end, pollables become ready, waits return. The socket's own {@code subscribe} is always ready. A socket
     * that is no longer reachable is closed when it is collected, as a {@code DatagramChannel} is.
     *
     * <p><b>Source:</b> WIT {@code udp}, dropping a {@code udp-socket}; JDK, {@code java.nio.channels.Channel.close},
     * {@code java.lang.ref.Cleaner}.
     */
    U7("close is idempotent, frees the port, and wakes those that wait; later calls answer invalid-state"),

    /**
     * Sending and receiving run side by side, and foreign code never runs under a lock.
     *
     * <p>A send and a receive may run at the same time on two threads. Foreign code is what the application passes in:
     * lists, a {@code Network}, callbacks of pollables.
     *
     * <p><b>Source:</b> Sluice.
     */
    U8("Sending and receiving run side by side, and foreign code never runs under a lock"),

    /**
     * {@code receive} takes up to a number of datagrams without blocking; if there are none the answer is empty, never
     * an error.
     *
     * <p>The list is empty if the number is 0 or nothing has arrived; never would-block.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code incoming-datagram-stream.receive}.
     */
    R1(
            "receive takes up to a number of datagrams without blocking; if there are none the answer is empty, never an error"),

    /**
     * An error met after a datagram was received loses neither.
     *
     * <p>The list is returned, and the error is kept as in {@link #S2}.
     *
     * <p><b>Source:</b> Sluice, after the WIT's rule for {@code send} (ADR 3).
     */
    R2("An error met after a datagram was received loses neither"),

    /**
     * Each datagram has its exact bytes, empty ones too, and its source.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code incoming-datagram}.
     */
    R3("Each datagram has its exact bytes, empty ones too, and its source"),

    /**
     * What the {@code Network} does not allow as a source is dropped silently and counted.
     *
     * <p><b>Source:</b> Sluice, after the WIT's resource {@code network}.
     */
    R4("What the Network does not allow as a source is dropped silently and counted"),

    /**
     * {@code ready} never blocks; {@code block} and {@code poll} wait, interruptibly, for one or several, also on
     * virtual threads.
     *
     * <p>{@code block}, with or without a timeout, returns once the pollable is ready. {@code Pollable.poll(list)}
     * waits for at least one of several, of different sockets and providers and of other implementations (a timer), and
     * returns their indices in ascending order. An empty list is an error in the program.
     *
     * <p><b>Source:</b> WIT {@code wasi:io/poll}; timeouts and interruption: Sluice.
     */
    P1("ready never blocks; block and poll wait, interruptibly, for one or several, also on virtual threads"),

    /**
     * A pending or kept error, a closed socket and a superseded stream are ready.
     *
     * <p><b>Source:</b> WIT {@code udp}, {@code check-send} ("or an error"); Linux, poll(2) (POLLERR).
     */
    P2("A pending or kept error, a closed socket and a superseded stream are ready"),

    /**
     * A one-shot callback that can be cancelled carries all waiting, for ten thousand sockets at once.
     *
     * <p>Waiting is written once on top of it. It spins nowhere and needs no thread per socket. What a wake-up costs
     * depends on how many sockets are ready, not on how many are waited for.
     *
     * <p><b>Source:</b> Sluice.
     */
    P3("A one-shot callback that can be cancelled carries all waiting, for ten thousand sockets at once"),

    /**
     * A callback may register itself again, also when the pollable is ready at once.
     *
     * <p>The stack does not grow, and other callbacks get their turn.
     *
     * <p><b>Source:</b> Sluice.
     */
    P4("A callback may register itself again, also when the pollable is ready at once"),

    /**
     * What a callback, an exception handler or the machine does can't break waiting.
     *
     * <p>Whatever a callback, an uncaught-exception handler or a scheduler throws, and if a thread can't be started, is
     * interrupted, or descriptors are exhausted: every waiting thread is woken or gets a documented exception, nothing
     * spins, and later waits work. The provider's waiting thread inherits nothing (thread locals, context class loader,
     * thread group) from the thread that waited first.
     *
     * <p><b>Source:</b> Sluice.
     */
    P5("What a callback, an exception handler or the machine does can't break waiting"),

    /**
     * {@code block} on a platform thread waits in the kernel, without a hand-over to another thread.
     *
     * <p>That is where the transport can wait itself. A request and its answer take what they take with a blocking
     * {@code DatagramChannel}.
     *
     * <p><b>Source:</b> Sluice.
     */
    P6("block on a platform thread waits in the kernel, without a hand-over to another thread"),

    /**
     * {@code trySend} is permit and send of one datagram in one step, from any number of threads.
     *
     * <p>It is atomic and needs no lock of the caller's. It answers sent or full, throws what {@code send} throws, and
     * never waits. It touches no permit: that of a thread which uses {@code checkSend} and {@code send} beside it stays
     * as it is.
     *
     * <p><b>Source:</b> Sluice.
     */
    J1("trySend is permit and send of one datagram in one step, from any number of threads"),

    /**
     * {@code sendAll} sends a whole list, waits where the gate is closed, and says how many went when time is over or
     * an error comes.
     *
     * <p>If nothing went, the error is thrown; else it is met by the next call, and one that the kernel has forgotten
     * is kept ({@link #S2}). It touches no permit either.
     *
     * <p><b>Source:</b> Sluice.
     */
    J2(
            "sendAll sends a whole list, waits where the gate is closed, and says how many went when time is over or an error comes"),

    /**
     * {@code receive} with a timeout waits for at least one datagram; the answer is empty when the time is over.
     *
     * <p><b>Source:</b> Sluice.
     */
    J3("receive with a timeout waits for at least one datagram; the answer is empty when the time is over"),

    /**
     * A {@code Poller} is a lasting set of pollables with attachments, which one thread waits for while others add and
     * remove.
     *
     * <p>It can be closed, and returns what is ready, at the cost that {@link #P3} promises. What is ready is told by
     * each wait until it is so no longer; what has ended (a superseded stream, a closed socket) is told once, and
     * leaves it.
     *
     * <p><b>Source:</b> Sluice, after the JDK's {@code java.nio.channels.Selector}.
     */
    J4(
            "A Poller is a lasting set of pollables with attachments, which one thread waits for while others add and remove"),

    /**
     * Streams connect to {@code java.util.concurrent.Flow}: a Subscriber whose demand is the permit, a Publisher of
     * what arrives.
     *
     * <p>The Publisher never holds more than was requested. Both pass the Reactive Streams TCK.
     *
     * <p><b>Source:</b> JDK, {@code java.util.concurrent.Flow}; Reactive Streams 1.0.
     */
    J5(
            "Streams connect to java.util.concurrent.Flow: a Subscriber whose demand is the permit, a Publisher of what arrives"),

    /**
     * A socket can be opened and bound in one step, its family taken from the address.
     *
     * <p><b>Source:</b> Sluice.
     */
    J6("A socket can be opened and bound in one step, its family taken from the address"),

    /**
     * Options are {@code java.net.SocketOption}s, and {@code supportedOptions} tells the truth.
     *
     * <p>The JDK's own where it has one (SO_BROADCAST, SO_REUSEADDR, SO_REUSEPORT, IP_TOS, IP_MULTICAST_IF,
     * IP_MULTICAST_TTL, IP_MULTICAST_LOOP), Sluice's for the rest (don't-fragment; segmentation on or off, and its
     * ceiling; the unicast hop limit). Any other is not-supported, and a value outside of what an option can be is
     * invalid-argument. On an IPv6 socket IP_TOS is the traffic class, and the multicast options are those of IPv6;
     * IPv6 has no broadcast. An option that was set stays, whatever peer the socket gets.
     *
     * <p><b>Source:</b> JDK, {@code java.net.StandardSocketOptions}; Linux, ip(7), socket(7).
     */
    O1("Options are java.net.SocketOptions, and supportedOptions tells the truth"),

    /**
     * Multicast groups are joined and left by interface, any-source or source-specific, as a membership that can be
     * closed.
     *
     * <p>For IPv4 and IPv6, on a bound socket. Joining the same twice, or a group for any source and for one, is
     * invalid-state. A socket receives of groups only what it joined itself (IP_MULTICAST_ALL and IPV6_MULTICAST_ALL
     * off). On nio, IPv6 and JDK 17 there is no way to that; a capability declares it.
     *
     * <p><b>Source:</b> Linux, ip(7); RFC 3376, RFC 3810; JDK, {@code java.nio.channels.MulticastChannel}.
     */
    O2(
            "Multicast groups are joined and left by interface, any-source or source-specific, as a membership that can be closed"),

    /**
     * Where asked for and supported, a datagram tells the local address and interface it came to, and its ECN bits.
     *
     * <p>And its traffic class, and the address that it was sent to, where that is a group. A datagram can be sent from
     * a given local address, by a given interface, with a given traffic class and ECN bits; answering from the address
     * that was asked is one call ({@code IncomingDatagram.reply}). Asked for by the option RECEIVE_PATH. Off by
     * default, and free when off. A capability, {@code DATAGRAM_PATHS}, says where it is supported; elsewhere asking
     * for it, and a datagram with a path, are not-supported.
     *
     * <p>A datagram's path is looked at behind {@link #E1} to {@link #E5} and {@link #N1}, and before {@link #E6}: not
     * supported, not-supported; a source address of the wrong family, the unspecified one, a group, or a link-local one
     * without an interface, invalid-argument; then {@link #O5}. What only the system knows it says when the datagram is
     * sent: a source address that this host doesn't have is address-not-bindable, whatever the errno, which differs (on
     * Linux EINVAL or ENETUNREACH, by version and family); an interface that doesn't exist is invalid-argument
     * (ENODEV).
     *
     * <p><b>Source:</b> Linux, ip(7) (IP_PKTINFO, IP_RECVTOS), ipv6(7); RFC 3168, RFC 3542.
     */
    O3("Where asked for and supported, a datagram tells the local address and interface it came to, and its ECN bits"),

    /**
     * Datagrams that differ in any of this never share a GSO send, and none is received with another's.
     *
     * <p>Batching stays invisible ({@link #S6}).
     *
     * <p><b>Source:</b> Sluice.
     */
    O4("Datagrams that differ in any of this never share a GSO send, and none is received with another's"),

    /**
     * A {@code Network} is asked about a chosen source address as about a bind, and about a group as about a source.
     *
     * <p>A source that may not be bound is access-denied, found before any system call. The network is asked with the
     * socket's own port, for no other is known; and about the one source of a source-specific membership, too.
     *
     * <p><b>Source:</b> Sluice.
     */
    O5("A Network is asked about a chosen source address as about a bind, and about a group as about a source"),

    /**
     * For every socket, at one instant: what was given to {@code send} is sent, refused by code, or left to the caller.
     *
     * <p>And what was received was delivered, dropped because it was not the peer's, or dropped because the
     * {@code Network} refused its source. Each of the two sums can be read at one instant and is always exact. An error
     * that concerns an earlier datagram refuses none: the whole list is left to the caller. A trap is given nothing.
     *
     * <p><b>Source:</b> Sluice.
     */
    K1("For every socket, at one instant: what was given to send is sent, refused by code, or left to the caller"),

    /**
     * What the kernel dropped for want of buffer is told where the system tells it; what can't be known is unknown,
     * never zero.
     *
     * <p>SO_MEMINFO tells, in the kernel's own count; elsewhere it is unknown, which a capability declares. What
     * happens in a queue discipline or on the path can't be known on this machine.
     *
     * <p><b>Source:</b> Linux, socket(7), sock_diag(7).
     */
    K2(
            "What the kernel dropped for want of buffer is told where the system tells it; what can't be known is unknown, never zero"),

    /**
     * A provider is found by {@code ServiceLoader}, and in OSGi as a service.
     *
     * <p>A provider is a jar (and a bundle) that adds one service. It is found on the class path and on the module
     * path; in Felix and Equinox as an OSGi service, with no extender bundle required at run time. Static discovery
     * called inside OSGi either works (with SPI Fly) or says to ask the service registry.
     *
     * <p><b>Source:</b> JDK, {@code java.util.ServiceLoader}; OSGi Core 8, services; OSGi Compendium, Service Loader
     * Mediator (optional).
     */
    V1("A provider is found by ServiceLoader, and in OSGi as a service"),

    /**
     * The provider that is named is used, else the best available one; an unavailable one says why.
     *
     * <p>In this order: the one that the system property {@code sluice.provider} names; else, of those available, the
     * one with the highest priority (epoll over nio). A named provider that is missing or unavailable is an error that
     * says why and what to do. One that was not named and is unavailable, or whose classes can't be loaded, is passed
     * over, and the reason can be asked for. In OSGi {@code service.ranking} is the priority and the service property
     * {@code sluice.provider} the name; an unavailable provider registers no {@code UdpSocketProvider}, and its reason
     * can be read.
     *
     * <p><b>Source:</b> Sluice.
     */
    V2("The provider that is named is used, else the best available one; an unavailable one says why"),

    /**
     * Available means: everything that the provider will call was called once and worked.
     *
     * <p>Its classes, its system calls, its options. What is refused later, on one socket, degrades that socket, with
     * nothing lost.
     *
     * <p><b>Source:</b> Sluice.
     */
    V2a("Available means: everything that the provider will call was called once and worked"),

    /**
     * Stopping a provider closes its sockets and ends its threads; users of them get error codes and never hang.
     *
     * <p>In OSGi providers come and go while applications run. An application that lost its provider gets error codes,
     * also from calls in flight and also when classes are gone; not a hang, a crash or a leaked descriptor. Stopping
     * takes milliseconds.
     *
     * <p><b>Source:</b> OSGi Core 8, life cycle and services; Sluice.
     */
    V3("Stopping a provider closes its sockets and ends its threads; users of them get error codes and never hang"),

    /**
     * {@code provider-nio} runs wherever Java runs, without a dependency; {@code provider-epoll} on Linux, through
     * Netty's native library.
     *
     * <p>On x86-64 and arm64.
     *
     * <p><b>Source:</b> Sluice.
     */
    V4(
            "provider-nio runs wherever Java runs, without a dependency; provider-epoll on Linux, through Netty's native library"),

    /**
     * {@code provider-ffm} runs on Linux with Java 22 or later through the foreign-function API alone.
     *
     * <p>It has no native library and no dependency, and is preferred to epoll. Where native access is denied it is
     * unavailable, and says which option allows it.
     *
     * <p><b>Source:</b> JDK, {@code java.lang.foreign}; Sluice.
     */
    V4a("provider-ffm runs on Linux with Java 22 or later through the foreign-function API alone"),

    /**
     * A provider can be written from the SPI's documentation alone and proven with the conformance kit.
     *
     * <p>Writing a provider shows how.
     *
     * <p><b>Source:</b> Sluice.
     */
    V5("A provider can be written from the SPI's documentation alone and proven with the conformance kit"),

    /**
     * Outside of OSGi, too, a provider's life has an owner.
     *
     * <p>Discovery makes one instance of a provider for each context class loader, and owns it.
     * {@code UdpSockets.shutdown()} ends those of the calling thread's context (sockets, threads, selectors,
     * descriptors), after which discovery makes them anew. What discovery and the service registry hand out has no
     * {@code close}, so that no user takes a provider from the others. The class loaders of web applications can be
     * collected, whether they shut down or not.
     *
     * <p><b>Source:</b> Sluice (ADR 9).
     */
    V6("Outside of OSGi, too, a provider's life has an owner"),

    /**
     * Sockets of WASI 0.3: {@code bind}, {@code connect}, {@code disconnect}, getters and options are synchronous,
     * {@code send} and {@code receive} asynchronous.
     *
     * <p>{@code send: async (data, remote?)}; {@code receive: async () → (data, source)}. There are no permits and no
     * batches. {@code send} and {@code connect} bind implicitly; {@code receive} on an unbound socket is invalid-state.
     * {@code connect} may be called again, for another peer.
     *
     * <p><b>Source:</b> WIT 0.3.
     */
    W1(
            "Sockets of WASI 0.3: bind, connect, disconnect, getters and options are synchronous, send and receive asynchronous"),

    /**
     * The 15 error codes of WASI 0.3 come from the same table of errno as the 21 of 0.2.
     *
     * <p><b>Source:</b> WIT 0.3, {@code error-code}; {@link #E9}.
     */
    W2("The 15 error codes of WASI 0.3 come from the same table of errno as the 21 of 0.2"),

    /**
     * Sends of 0.3 wait in order while the buffer is full; what waits is bounded, and a cancelled one is not sent.
     *
     * <p>The future that has not completed is the backpressure. What can go together goes together ({@link #S6}). A
     * send that was cancelled before it was handed over is not sent.
     *
     * <p><b>Source:</b> WIT 0.3; Sluice.
     */
    W3("Sends of 0.3 wait in order while the buffer is full; what waits is bounded, and a cancelled one is not sent"),

    /**
     * One {@code receive} of the transport may serve many waiting receivers of 0.3.
     *
     * <p>No datagram is delivered twice, and none is lost because a receiver was cancelled.
     *
     * <p><b>Source:</b> WIT 0.3; Sluice.
     */
    W4("One receive of the transport may serve many waiting receivers of 0.3"),

    /**
     * Guests of WASI 0.2 and 0.3, and guests that mix both, run on the same host.
     *
     * <p><b>Source:</b> WIT 0.3; Sluice.
     */
    W5("Guests of WASI 0.2 and 0.3, and guests that mix both, run on the same host");

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
}
