/** The file of a guest: a core module, or a component, whose core modules are classified by their imports and exports. */
package dev.sluice.endive.component;
