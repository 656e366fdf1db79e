// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The argument of a lookup: a host name, converted to ASCII, or a numeric address, which needs no resolver. Java's own
 * parser accepts "127.1" and "2130706433" as addresses, too; this one refuses them.
 */
record HostName(String ascii, InetAddress literal) {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");
    private static final int LONGEST = 254;

    static HostName of(String text) throws SocketErrorException {
        if (IPV4.matcher(text).matches()) {
            return new HostName(null, literal(text));
        }
        if (text.indexOf(':') >= 0) {
            boolean bracketed = text.startsWith("[") && text.endsWith("]");
            String address = bracketed ? text.substring(1, text.length() - 1) : text;
            if (address.indexOf('%') < 0 && address.indexOf('[') < 0) { // an ip-address has no zone
                return new HostName(null, literal('[' + address + ']'));
            }
            throw invalid(text);
        }
        String ascii = ascii(text);
        if (ascii.length() > LONGEST
                || !NAME.matcher(ascii).matches()
                || ENDS_IN_NUMBER.matcher(ascii).matches()) {
            throw invalid(text);
        }
        return new HostName(ascii, null);
    }

    private static String ascii(String text) throws SocketErrorException {
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static InetAddress literal(String numeric) throws SocketErrorException {
        try {
            return InetAddress.getByName(numeric); // no lookup: the text has the form of an address
        } catch (UnknownHostException e) {
            throw invalid(numeric);
        }
    }

    private static SocketErrorException invalid(String text) {
        return new SocketErrorException(
                ErrorCode.INVALID_ARGUMENT, "'" + text + "' is neither a host name nor a numeric address");
    }
}
