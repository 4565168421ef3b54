package io.observability.starter.metrics.cardinality;

/**
 * A 64-bit hash of a value. {@link String#hashCode()} is no use here: whoever sends the
 * values can make as many as he likes with the same one.
 */
final class ValueHash {

    /** Values are told apart by so many of their first characters, and their length. */
    static final int MAX_LENGTH = 256;

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private ValueHash() {
    }

    static long of(String value, long seed) {
        long hash = seed ^ (value.length() * PRIME);
        int length = Math.min(value.length(), MAX_LENGTH);
        for (int i = 0; i < length; i++) {
            hash = (hash ^ value.charAt(i)) * PRIME;
            hash ^= hash >>> 32;
        }
        return mix(hash);
    }

    // The finaliser of MurmurHash3: each bit of the input changes each bit of the output.
    private static long mix(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

}
