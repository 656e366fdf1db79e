/**
 * The component model's canonical ABI, as far as WASI 0.2 needs it: the guest's memory and allocator, strings, layouts of
 * results, handles and resources, flat signatures, and how functions of the host are declared and called.
 */
package dev.sluice.endive.abi;
