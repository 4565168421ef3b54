package io.observability.sample.shop.failure;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts product views by visitor, as somebody did who had not thought of how many there
 * are: a series for each of them. Ten regulars make every second view. At its end the
 * series are gone.
 */
final class CardinalityFlood implements Disturbance {

    private static final String VIEWS = "shop.views";

    private static final int REGULARS = 10;

    private final MeterRegistry registry;

    CardinalityFlood(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public FailureKind kind() {
        return FailureKind.CARDINALITY;
    }

    @Override
    public Ending begin(Failure failure) {
        Thread thread = new Thread(() -> flood(failure), "cardinality-flood");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private void flood(Failure failure) {
        try {
            Visitors visitors = new Visitors(failure.visitors());
            Pace.keep(failure.rate(), () -> this.registry.counter(VIEWS, "visitor_id", visitors.next()).increment());
        }
        finally {
            this.registry.find(VIEWS).meters().forEach(this.registry::remove);
        }
    }

    /**
     * Who comes next.
     */
    private static final class Visitors {

        private final int count;

        private long views;

        Visitors(int count) {
            this.count = count;
        }

        String next() {
            long view = this.views++;
            long visitor = (view % 2 == 0) ? (view / 2) % Math.min(REGULARS, this.count) : (view / 2) % this.count;
            return "visitor-%05d".formatted(visitor);
        }

    }

}
