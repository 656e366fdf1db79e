/**
 * The {@code sluice} command: one class for each subcommand, and the few parts that they share.
 *
 * <p>Bytes are cut into datagrams by a {@link dev.sluice.cli.Cutter}, collected in a batch, let through by a
 * {@link dev.sluice.cli.Throttle}, and sent by a {@link dev.sluice.cli.Sender}, which keeps the books in a
 * {@link dev.sluice.cli.SendTally}.
 *
 * <p>What went wrong is one line on standard error, and the exit status: 0 all is well, 1 it failed, 2 wrong usage.
 */
package dev.sluice.cli;
