package io.observability.stress;

import java.util.Arrays;

import io.observability.starter.logging.ring.LineRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A line is written or refused, never both and never neither, whoever else is at work. A
 * number of a result is 10 for a line that was accepted, plus how often it was drained:
 * 11 is written once, 0 is refused.
 */
public final class LineRingStress {

    private LineRingStress() {
    }

    /** Two segments of a line each, so that each offer meets the turn of a segment. */
    static class Ring {

        static final int LINE = 8;

        final LineRing ring = new LineRing(2, LINE);

        final int[] drained = new int[4];

        int offer(int id) {
            byte[] line = new byte[LINE];
            Arrays.fill(line, (byte) id);
            return (this.ring.offer(line, 0, LINE, 0) != LineRing.REFUSED) ? 10 : 0;
        }

        void drain() {
            if (this.ring.take()) {
                for (int line = 0; line < this.ring.batchLines(); line++) {
                    int end = this.ring.batchLineEnd(line);
                    note(this.ring.batch(), end - LINE, end);
                }
                this.ring.release();
            }
        }

        void drainAll() {
            while (!this.ring.isEmpty()) {
                drain();
            }
            if (this.ring.queuedLines() != 0) {
                this.drained[0] = 99;
            }
        }

        int sum(int accepted, int id) {
            return accepted + this.drained[id] + this.drained[0];
        }

        private void note(byte[] bytes, int start, int end) {
            int id = bytes[start];
            for (int i = start; i < end; i++) {
                if (bytes[i] != id) {
                    // Torn, or not yet there.
                    this.drained[0] = 77;
                }
            }
            this.drained[id]++;
        }

    }

    /** Two callers at once, in a ring with room for both. */
    @JCStressTest
    @Outcome(id = "11, 11", expect = Expect.ACCEPTABLE, desc = "Both written.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A line was lost, doubled or torn, or refused in an empty ring.")
    @State
    public static class TwoCallers extends Ring {

        private int first;

        private int second;

        @Actor
        public void one() {
            this.first = offer(1);
        }

        @Actor
        public void two() {
            this.second = offer(2);
        }

        @Arbiter
        public void count(II_Result result) {
            drainAll();
            result.r1 = sum(this.first, 1);
            result.r2 = sum(this.second, 2);
        }

    }

    /** A caller with more lines than there is room for, and the writer. */
    @JCStressTest
    @Outcome(id = { "11, 11, 11", "11, 11, 0" }, expect = Expect.ACCEPTABLE,
            desc = "Written, or refused while two others were in the ring.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A line was lost, doubled or torn, or refused without need.")
    @State
    public static class CallerAndWriter extends Ring {

        private int first;

        private int second;

        private int third;

        @Actor
        public void caller() {
            this.first = offer(1);
            this.second = offer(2);
            this.third = offer(3);
        }

        @Actor
        public void writer() {
            drain();
            drain();
        }

        @Arbiter
        public void count(III_Result result) {
            drainAll();
            result.r1 = sum(this.first, 1);
            result.r2 = sum(this.second, 2);
            result.r3 = sum(this.third, 3);
        }

    }

    /** Lines that come while the ring is sealed and drained. */
    @JCStressTest
    @Outcome(id = { "11, 11", "11, 0", "0, 0" }, expect = Expect.ACCEPTABLE,
            desc = "Written if it was accepted, and otherwise refused, as all after it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A line was accepted and lost, or doubled, or torn.")
    @State
    public static class CallerAndSeal extends Ring {

        private int first;

        private int second;

        @Actor
        public void caller() {
            this.first = offer(1);
            this.second = offer(2);
        }

        @Actor
        public void closer() {
            this.ring.seal();
            drain();
            drain();
        }

        @Arbiter
        public void count(II_Result result) {
            drainAll();
            result.r1 = sum(this.first, 1);
            result.r2 = sum(this.second, 2);
        }

    }

    /** All at once; runs where there are three cores. */
    @JCStressTest
    @Outcome(id = { "11, 11, 11", "11, 11, 0", "11, 0, 11", "0, 11, 11" }, expect = Expect.ACCEPTABLE,
            desc = "Written, or refused while two others were in the ring.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A line was lost, doubled or torn, or refused without need.")
    @State
    public static class TwoCallersAndWriter extends Ring {

        private int first;

        private int second;

        private int third;

        @Actor
        public void one() {
            this.first = offer(1);
            this.third = offer(3);
        }

        @Actor
        public void two() {
            this.second = offer(2);
        }

        @Actor
        public void writer() {
            drain();
            drain();
        }

        @Arbiter
        public void count(III_Result result) {
            drainAll();
            result.r1 = sum(this.first, 1);
            result.r2 = sum(this.second, 2);
            result.r3 = sum(this.third, 3);
        }

    }

}
