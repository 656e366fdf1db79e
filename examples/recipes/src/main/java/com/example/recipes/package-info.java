/** Nine everyday tasks, each with Sluice and with {@code DatagramChannel}: docs/recipes.md. */
package com.example.recipes;
