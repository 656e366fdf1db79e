/** The {@code sluice} command. */
module dev.sluice.cli {
    requires dev.sluice.endive;
    requires dev.sluice.udp;
    requires dev.sluice.udp.spi;
    requires info.picocli;
    requires java.logging;

    opens dev.sluice.cli to
            info.picocli;
}
