package io.observability.stress;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.CardinalityLimits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A tag with room for one value: whoever asks, and whatever is promoted meanwhile, series
 * stay bounded and each event is counted once.
 */
public final class CardinalityGuardStress {

    private CardinalityGuardStress() {
    }

    /** A composite with one child, as an application has it. */
    static class Guarded {

        private static final String EVENTS = "events";

        private static final String USER = "user";

        private static final String OTHER = "_other";

        final CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(1, 100, 100, List.of()));

        final CompositeMeterRegistry registry = new CompositeMeterRegistry();

        private final MeterRegistry child = new SimpleMeterRegistry();

        // Those that were removed as well: their events were counted.
        private final Queue<Counter> made = new ConcurrentLinkedQueue<>();

        Guarded() {
            this.guard.install(this.child);
            this.guard.install(this.registry);
            this.registry.add(this.child);
            this.child.config().onMeterAdded((meter) -> this.made.add((Counter) meter));
        }

        final void event(String user) {
            this.registry.counter(EVENTS, USER, user).increment();
        }

        /**
         * The end: series with a value of their own, events in the series of the others,
         * and whether these are the ones that were folded.
         * @param result where they go
         */
        final void count(III_Result result) {
            // What was written to a series after its end is moved, and what came too late
            // goes.
            this.guard.review();
            this.guard.review();
            result.r1 = (int) this.child.find(EVENTS)
                .meters()
                .stream()
                .filter((meter) -> !OTHER.equals(meter.getId().getTag(USER)))
                .count();
            Counter other = this.child.find(EVENTS).tag(USER, OTHER).counter();
            double folded = (other != null) ? other.count() : 0;
            result.r2 = (int) folded;
            result.r3 = (this.guard.report().get(0).folded() == (long) folded) ? 1 : 0;
        }

        final int counted() {
            return (int) this.made.stream().mapToDouble(Counter::count).sum();
        }

    }

    /** Two values that both want the one place. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One has it, the other is folded.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have series, or neither, or an event is lost or counted twice.")
    @State
    public static class TwoNewValues extends Guarded {

        @Actor
        public void one() {
            event("a");
        }

        @Actor
        public void two() {
            event("b");
        }

        @Arbiter
        public void end(III_Result result) {
            count(result);
        }

    }

    /** A value loses its place while somebody writes to it. */
    @JCStressTest
    @Outcome(id = { "1, 40, 1", "1, 41, 1", "1, 42, 1" }, expect = Expect.ACCEPTABLE,
            desc = "Events are in the series as long as it has the place, and with the others afterwards.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A series too many, or an event lost or counted twice.")
    @State
    public static class WriterAndPromotion extends Guarded {

        private static final int BEFORE = 41;

        public WriterAndPromotion() {
            event("cold");
            for (int turn = 0; turn < 2; turn++) {
                for (int i = 0; i < 20; i++) {
                    event("hot");
                }
                if (turn == 0) {
                    this.guard.review();
                }
            }
        }

        @Actor
        public void writer() {
            event("cold");
            event("cold");
        }

        @Actor
        public void reviewer() {
            this.guard.review();
        }

        @Arbiter
        public void end(III_Result result) {
            count(result);
            // Each event was counted where it was written; those that were moved, twice.
            int moved = counted() - BEFORE - 2;
            if (moved < 0 || moved > 2) {
                result.r3 = 10 + moved;
            }
            // The hot value has its place, and gets its series when it comes again.
            event("hot");
            result.r1 = (int) this.registry.find("events")
                .meters()
                .stream()
                .filter((meter) -> !"_other".equals(meter.getId().getTag("user")))
                .count();
        }

    }

}
