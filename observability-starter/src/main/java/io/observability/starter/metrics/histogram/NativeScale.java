package io.observability.starter.metrics.histogram;

/**
 * Scale of a Prometheus native histogram of durations in seconds, at schema 3: each
 * bucket is wider than the one before by the eighth root of two, so a quantile is off by
 * less than 4.5 %. The schema never changes, since what is counted lies between a
 * microsecond and a day and a half. Buckets are numbered from 0, which is that of zero.
 */
final class NativeScale {

    static final int SCHEMA = 3;

    /** Durations up to here, 0.95 microseconds, are counted as zero. */
    static final double ZERO_THRESHOLD = 0x1p-20;

    private static final int PER_OCTAVE = 1 << SCHEMA;

    private static final int FIRST_INDEX = -20 * PER_OCTAVE + 1;

    /** Bucket that ends at 2^17 seconds, 36 hours; longer durations are counted here. */
    private static final int LAST_INDEX = 17 * PER_OCTAVE;

    /** Number of buckets, that of zero among them. */
    static final int BUCKETS = LAST_INDEX - FIRST_INDEX + 2;

    /** Bounds within an octave, for numbers from 1 to 2: 2^(i/8), i from 1 to 8. */
    private static final double[] BOUNDS = bounds();

    private static final double NANOS_PER_SECOND = 1e9;

    private static final long[] SHORTEST = shortest();

    private NativeScale() {
    }

    /**
     * Bucket of a duration.
     * @param nanos the duration
     * @return its bucket, never falling as the duration rises
     */
    static int bucket(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        return (seconds <= ZERO_THRESHOLD) ? 0 : Math.min(index(seconds), LAST_INDEX) - FIRST_INDEX + 1;
    }

    /**
     * Index by which Prometheus knows a bucket.
     * @param bucket the bucket, not that of zero
     * @return the index
     */
    static int indexOf(int bucket) {
        return bucket + FIRST_INDEX - 1;
    }

    /**
     * Index of a value: {@code i} holds what is above {@code 2^((i-1)/8)} and up to
     * {@code 2^(i/8)}.
     * @param value above zero
     * @return the index
     */
    static int index(double value) {
        int exponent = Math.getExponent(value);
        double mantissa = value / Math.scalb(1.0, exponent);
        if (mantissa == 1.0) {
            return exponent * PER_OCTAVE;
        }
        int place = (mantissa > BOUNDS[3]) ? 4 : 0;
        place += (mantissa > BOUNDS[place + 1]) ? 2 : 0;
        place += (mantissa > BOUNDS[place]) ? 1 : 0;
        return exponent * PER_OCTAVE + place + 1;
    }

    /**
     * Shortest duration of a bucket.
     * @param bucket the bucket; the one after the last begins where all durations end
     * @return the nanoseconds
     */
    static long shortest(int bucket) {
        return SHORTEST[bucket];
    }

    // Found by trying, so that it is exact whatever is rounded.
    private static long[] shortest() {
        long[] shortest = new long[BUCKETS + 1];
        for (int bucket = 0; bucket < shortest.length; bucket++) {
            long low = 0;
            long high = Long.MAX_VALUE;
            while (low < high) {
                long middle = (low + high) >>> 1;
                if (bucket(middle) >= bucket) {
                    high = middle;
                }
                else {
                    low = middle + 1;
                }
            }
            shortest[bucket] = low;
        }
        return shortest;
    }

    private static double[] bounds() {
        double[] bounds = new double[PER_OCTAVE];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Math.pow(2, (i + 1.0) / PER_OCTAVE);
        }
        return bounds;
    }

}
