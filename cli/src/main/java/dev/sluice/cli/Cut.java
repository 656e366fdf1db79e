package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import java.io.InputStream;
import picocli.CommandLine.TypeConversionException;

/** Where to cut the input into datagrams: behind every line, or ({@code size} above 0) after so many bytes. */
record Cut(int size) {
    static final Cut LINES = new Cut(0);

    static Cut parse(String text) {
        if (text.equals("lines")) {
            return LINES;
        }
        int most = IpAddressFamily.IPV6.maxDatagramSize();
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= most) {
                return new Cut(size);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is neither 'lines' nor a size from 1 to " + most);
    }

    Cutter of(InputStream in) {
        return size == 0 ? new LineCutter(in) : new SizeCutter(in, size);
    }
}
