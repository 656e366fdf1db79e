/**
 * The API of Sluice: what an application sees, and no more.
 *
 * @uses dev.sluice.udp.UdpSocketProvider found by {@link dev.sluice.udp.UdpSockets}
 */
module dev.sluice.udp {
    exports dev.sluice.udp;

    uses dev.sluice.udp.UdpSocketProvider;
}
