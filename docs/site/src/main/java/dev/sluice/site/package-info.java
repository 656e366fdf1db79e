/** Makes a static site of the repository's Markdown pages. No part of the library. */
package dev.sluice.site;
