/**
 * The provider "ffm": datagrams straight into Linux's system calls, through the foreign-function API of Java 22 and later.
 *
 * <p>It needs native access: {@code --enable-native-access=dev.sluice.udp.ffm}.
 *
 * @provides dev.sluice.udp.UdpSocketProvider with the name "ffm"
 */
module dev.sluice.udp.ffm {
    requires dev.sluice.udp.spi;
    requires static osgi.core;

    provides dev.sluice.udp.UdpSocketProvider with
            dev.sluice.udp.ffm.FfmProvider;
}
