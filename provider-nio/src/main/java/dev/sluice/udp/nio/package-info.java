/**
 * The provider {@code nio}: UDP sockets on {@link java.nio.channels.DatagramChannel}, which run wherever Java runs.
 *
 * <p>A channel differs from a socket of the system in ways that {@link dev.sluice.udp.nio.ChannelTransport} hides: it
 * doesn't send empty datagrams to its peer, throws its queue away on {@code connect}, and maps errno to classes and
 * localized text. What can't be hidden, {@link dev.sluice.udp.nio.NioProvider} names.
 */
package dev.sluice.udp.nio;
