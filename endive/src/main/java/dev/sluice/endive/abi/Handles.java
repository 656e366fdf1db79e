// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.util.Arrays;
import java.util.Locale;

/**
 * The guest's table of handles, one for resources of all types, as in the canonical ABI. A handle's type is checked at
 * every use, and a parent can't be dropped before its children.
 *
 * <p>A method's {@code self} is a borrow of a handle that the guest owns, passed as the same number; a borrow never
 * outlives the call, so it needs no entry of its own.
 */
public final class Handles {
    private static final class Entry {
        final Resource resource;
        final Entry parent;
        int children;

        Entry(Resource resource, Entry parent) {
            this.resource = resource;
            this.parent = parent;
        }
    }

    private final int limit;
    private Entry[] entries = new Entry[16];

    /** Free handles below {@link #next}; the one freed last is used first. */
    private int[] free = new int[16];

    private int freeCount;

    /** 0 is never a handle. */
    private int next = 1;

    public Handles(int limit) {
        this.limit = limit;
    }

    /** A new handle of a resource without a parent. Traps at the limit, and closes the resource then. */
    public int add(Resource resource) {
        return add(resource, null);
    }

    /** A new handle of a resource whose parent, given by its handle, can't be dropped before it. */
    public int addChild(Resource resource, int parent) {
        return add(resource, entry(parent, Resource.class));
    }

    /** A borrow of a handle that outlives the call: until it ends, the handle can't be dropped. */
    public static final class Loan {
        private final Entry lent;

        private Loan(Entry lent) {
            this.lent = lent;
            lent.children++;
        }

        public void end() {
            lent.children--;
        }
    }

    /** Lends a handle. */
    public Loan lend(int handle) {
        return new Loan(entry(handle, Resource.class));
    }

    private int add(Resource resource, Entry parent) {
        if (next - 1 - freeCount >= limit) {
            try {
                resource.close();
            } catch (Trap unfinished) {
                // of what the guest may not drop yet; it ends anyway
            }
            throw Trap.limit("the guest holds " + limit + " handles, which is its limit");
        }
        int handle = freeCount > 0 ? free[--freeCount] : next++;
        if (handle == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[handle] = new Entry(resource, parent);
        if (parent != null) {
            parent.children++;
        }
        return handle;
    }

    /** The resource of a handle. Traps if there is none of that type. */
    public <T extends Resource> T get(int handle, Class<T> type) {
        return type.cast(entry(handle, type).resource);
    }

    /** Removes a handle and closes its resource. Traps if there is none of that type, or if it has children. */
    public void drop(int handle, Class<? extends Resource> type) {
        remove(handle, type).close();
    }

    /** Removes a handle, which passes its resource on. Traps if there is none of that type, or if it has children. */
    public <T extends Resource> T remove(int handle, Class<T> type) {
        Entry entry = entry(handle, type);
        if (entry.children > 0) {
            throw new Trap(
                    name(type) + " dropped before " + entry.children + " resource(s) made from it, or calls of it");
        }
        entries[handle] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = handle;
        if (entry.parent != null) {
            entry.parent.children--;
        }
        return type.cast(entry.resource);
    }

    private Entry entry(int handle, Class<? extends Resource> type) {
        Entry entry = handle > 0 && handle < next ? entries[handle] : null;
        if (entry == null) {
            throw new Trap("handle " + Integer.toUnsignedString(handle) + " is not one of the guest's; expected: "
                    + name(type));
        }
        if (!type.isInstance(entry.resource)) {
            throw new Trap("handle " + handle + " is of type " + name(entry.resource.getClass()) + "; expected: "
                    + name(type));
        }
        return entry;
    }

    /** How many handles the guest holds. */
    public int size() {
        return next - 1 - freeCount;
    }

    /** How many handles the guest may hold. */
    public int limit() {
        return limit;
    }

    /** {@code UdpSocketResource} implements {@code udp-socket}. */
    private static String name(Class<? extends Resource> type) {
        String name = type.getSimpleName().replaceFirst("Resource$", "");
        return name.isEmpty()
                ? "resource"
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
