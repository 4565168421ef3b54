package io.observability.starter.metrics.cardinality;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Estimates how many different values were seen, in 256 bytes: HyperLogLog (Flajolet et
 * al., 2007) with 256 registers, whose standard error is 6.5 %, and linear counting where
 * the estimate is small. Thread-safe, without locks.
 */
final class DistinctValues {

    private static final int BITS = 8;

    private static final int REGISTERS = 1 << BITS;

    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private static final double SMALL = 2.5 * REGISTERS;

    // Four registers of a byte each in one number.
    private final AtomicIntegerArray registers = new AtomicIntegerArray(REGISTERS / 4);

    void add(long hash) {
        int register = (int) (hash >>> (Long.SIZE - BITS));
        int rank = Math.min(Long.numberOfLeadingZeros(hash << BITS), Long.SIZE - BITS) + 1;
        int word = register >>> 2;
        int shift = (register & 3) << 3;
        while (true) {
            int before = this.registers.get(word);
            if (((before >>> shift) & 0xff) >= rank) {
                return;
            }
            int after = (before & ~(0xff << shift)) | (rank << shift);
            if (this.registers.compareAndSet(word, before, after)) {
                return;
            }
        }
    }

    long estimate() {
        double sum = 0;
        int empty = 0;
        for (int i = 0; i < REGISTERS; i++) {
            int rank = (this.registers.get(i >>> 2) >>> ((i & 3) << 3)) & 0xff;
            sum += Math.scalb(1.0, -rank);
            empty += (rank == 0) ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        return Math.round((raw <= SMALL && empty > 0) ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }

}
