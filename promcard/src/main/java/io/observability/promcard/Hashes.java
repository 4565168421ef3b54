package io.observability.promcard;

/**
 * Hashes of 64 bits of names and values. That of a series is the sum over its labels, so
 * one label is left out by a subtraction, and their order does not matter.
 */
final class Hashes {

    // FNV-1a, then the finaliser of MurmurHash3, without which a sum would be weak.
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Hashes() {
    }

    static long of(String text) {
        return mixed(add(OFFSET, text));
    }

    static long of(String name, String value) {
        // No character is that large, so no name runs into its value.
        return mixed(add((add(OFFSET, name) ^ 0x10000) * PRIME, value));
    }

    private static long add(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

}
