package com.example.syslog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** Lines as messages of RFC 5424, from the program of this name. */
record MessageFormat(String name) {
    private static final int USER = 1; // facility
    private static final int INFORMATIONAL = 6; // severity
    private static final String PRIORITY = "<" + (8 * USER + INFORMATIONAL) + ">";
    private static final String BYTE_ORDER_MARK = "\uFEFF"; // section 6.4: so a message in UTF-8 begins

    ByteBuffer message(Line line) {
        String header = String.join(
                " ",
                PRIORITY + "1", // the version
                line.time().truncatedTo(ChronoUnit.MICROS).toString(), // section 6.2.3 has no finer ones
                "-", // the host: the collector knows where the datagram came from
                name,
                Long.toString(ProcessHandle.current().pid()),
                "-", // no message ID
                "-", // no structured data
                BYTE_ORDER_MARK);
        byte[] encoded = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(encoded.length + line.text().length)
                .put(encoded)
                .put(line.text())
                .flip();
    }
}
