package com.example.discovery;

import java.io.IOException;
import java.time.Duration;

/** Announces a name at once, and again whenever a question is heard. */
record Announcer(Member member, Announcement announcement) {
    Announcer(Member member, String name) {
        this(member, new Announcement(name));
    }

    /** Until the program is stopped. */
    void run() throws IOException, InterruptedException {
        member.say(announcement.toString());
        System.out.println("announcing " + announcement.name() + " to " + member);
        while (true) {
            boolean asked = member.hear(Duration.ofHours(1)).stream()
                    .map(Member::text)
                    .anyMatch(Announcement.QUESTION::equals);
            if (asked) { // once, however many have asked: all of them hear it
                member.say(announcement.toString());
            }
        }
    }
}
