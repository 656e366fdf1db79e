package dev.sluice.endive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The guest's table of handles, one for resources of all types, as the canonical ABI has it. A handle's type is checked
 * at every use, and a parent can't be dropped before its children.
 *
 * <p>A method's {@code self} is a borrow of a handle that the guest owns, so it is the same number here; a borrow never
 * outlives the call, and needs no entry of its own.
 */
final class Handles {
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

    /** Free handles below {@link #next}, used again last in, first out. */
    private int[] free = new int[16];

    private int freeCount;

    /** 0 is never a handle. */
    private int next = 1;

    Handles(int limit) {
        this.limit = limit;
    }

    /** A new handle of a resource that depends on nothing. */
    int add(Resource resource) {
        return add(resource, null);
    }

    /** A new handle of a resource that may not outlive the one behind another handle. */
    int addChild(Resource resource, int parent) {
        return add(resource, entry(parent, Resource.class));
    }

    private int add(Resource resource, Entry parent) {
        if (next - 1 - freeCount >= limit) {
            resource.close();
            throw new Trap("the guest holds " + limit + " handles, which is its limit");
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
    <T extends Resource> T get(int handle, Class<T> type) {
        return type.cast(entry(handle, type).resource);
    }

    /** The guest gives a handle up. */
    void drop(int handle, Class<? extends Resource> type) {
        Entry entry = entry(handle, type);
        if (entry.children > 0) {
            throw new Trap(Names.ofResource(type) + " dropped before " + entry.children + " resource(s) made from it");
        }
        entries[handle] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = handle;
        if (entry.parent != null) {
            entry.parent.children--;
        }
        entry.resource.close();
    }

    private Entry entry(int handle, Class<? extends Resource> type) {
        Entry entry = handle > 0 && handle < next ? entries[handle] : null;
        if (entry == null) {
            throw new Trap("handle " + Integer.toUnsignedString(handle) + " is not one of the guest's; expected: "
                    + Names.ofResource(type));
        }
        if (!type.isInstance(entry.resource)) {
            throw new Trap("handle " + handle + " is of type " + Names.ofResource(entry.resource.getClass())
                    + "; expected: " + Names.ofResource(type));
        }
        return entry;
    }

    /** How many handles the guest holds. */
    int size() {
        return next - 1 - freeCount;
    }

    /** Frees everything, the youngest first, and forgets it. */
    void closeAll() {
        List<Resource> open = new ArrayList<>();
        for (int handle = next - 1; handle > 0; handle--) {
            if (entries[handle] != null) {
                open.add(entries[handle].resource);
                entries[handle] = null;
            }
        }
        next = 1;
        freeCount = 0;
        open.forEach(Resource::close);
    }
}
