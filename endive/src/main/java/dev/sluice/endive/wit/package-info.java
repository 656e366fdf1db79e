/** Types and functions of WIT as values of Java: their layout in memory, their flat form, lifting and lowering. */
package dev.sluice.endive.wit;
