package com.example.discovery;

import dev.sluice.udp.IncomingDatagram;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Asks the group every second, since datagrams may be lost, and prints each name when it is first heard. */
final class Lister {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Set<String> heard = new HashSet<>();
    private final Member member;

    Lister(Member member) {
        this.member = member;
    }

    void run(int seconds) throws IOException, InterruptedException {
        for (int i = 0; i < seconds; i++) {
            member.say(Announcement.QUESTION);
            long end = System.nanoTime() + SECOND;
            for (long left = SECOND; left > 0; left = end - System.nanoTime()) {
                member.hear(Duration.ofNanos(left)).forEach(this::print);
            }
        }
    }

    private void print(IncomingDatagram datagram) {
        Announcement.parse(Member.text(datagram)).ifPresent(announcement -> {
            String line = announcement.name() + " at "
                    + datagram.remoteAddress().getAddress().getHostAddress();
            if (heard.add(line)) {
                System.out.println(line);
            }
        });
    }
}
