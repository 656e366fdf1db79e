/**
 * The {@code sluice} command: one class for each subcommand, and the few parts that they share.
 *
 * <p>Bytes are split into datagrams by a {@link dev.sluice.cli.Framer}, collected in a batch, let through by a
 * {@link dev.sluice.cli.Throttle}, and sent by a {@link dev.sluice.cli.Sender}, which counts in a
 * {@link dev.sluice.cli.SendStatistics}.
 *
 * <p>A failure is one line on standard error, and the exit status: 0 success, 1 failure, 2 wrong usage.
 */
package dev.sluice.cli;
