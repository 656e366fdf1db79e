package dev.sluice.endive;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;

/** TCP, which Sluice does not have: creating a socket says so, and no guest can get so far as to call the rest. */
final class TcpInterface {
    private TcpInterface() {}

    static SocketErrorException notSupported() {
        return new SocketErrorException(ErrorCode.NOT_SUPPORTED, "TCP is not there");
    }
}
