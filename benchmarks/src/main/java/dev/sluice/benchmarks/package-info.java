/**
 * How fast Sluice is, measured beside what else there is: C, {@code DatagramChannel}, Netty, Vert.x.
 *
 * <p>{@link dev.sluice.benchmarks.Compare} runs contenders against each other in short slices that alternate, so that
 * whatever else the machine does disturbs both alike, and reports medians of the pairs' ratios. The {@code *Benchmark}
 * classes measure single operations with JMH.
 */
package dev.sluice.benchmarks;
