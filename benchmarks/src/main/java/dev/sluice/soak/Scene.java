// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.List;

/** Something that happens between sockets here and a peer, and comes out exactly. */
interface Scene {
    /** What is played in every round. */
    List<Scene> STEADY = List.of(new SendScene(), new ReceiveScene(), new ClosedPortScene());

    /** What is played while one of the links is unruly. */
    List<Scene> WITH_UNRULINESS =
            List.of(new SendScene(), new ReceiveScene(), new ClosedPortScene(), new UnrulyScene(), new UnrulyScene());

    /** Plays it once. */
    void play(Lane lane) throws Exception;
}
