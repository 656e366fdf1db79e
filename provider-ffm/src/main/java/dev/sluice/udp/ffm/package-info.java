/**
 * The provider "ffm": Linux's own datagrams, on the caller's thread, with segmentation offload and coalesced receiving,
 * without a native library.
 *
 * <p>What is compiled for Java 17 says what is missing on an older Java: {@code FfmProvider}, {@code Availability}. What
 * is compiled for Java 22 is reached through {@code Backend}: {@code FfmTransport} is the socket as the SPI sees it.
 * Beneath it, the SPI's {@code SegmentingSender} makes GSO sends out of batches, {@code MessageSender} several of them in one
 * call, {@code CoalescingReceiver} fills batches, {@code CallerWait} waits on the caller's thread, {@code EpollRegistration}
 * and {@code EpollMultiplexer} on the provider's. {@code CLibrary} has the C library's functions and {@code Layouts} its
 * structures.
 */
package dev.sluice.udp.ffm;
