/** UDP in memory, for the tests of applications. Nothing is exported: the provider is found as a service. */
module com.example.udp.memory {
    requires dev.sluice.udp.spi;
    requires static osgi.core;

    provides dev.sluice.udp.UdpSocketProvider with
            com.example.udp.memory.MemoryProvider;
}
