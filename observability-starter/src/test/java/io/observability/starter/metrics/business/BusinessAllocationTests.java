package io.observability.starter.metrics.business;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.DistributionSummary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What recording business metrics allocates.
 */
class BusinessAllocationTests extends ScrapedBusinessMetrics {

    @Test
    void recordingAllocatesNothing() {
        ResultCounter<Outcome> orders = this.metrics.counter("shop.orders", "Orders.", Outcome.class);
        CallCounter mails = this.metrics.calls("shop.mails", "Mails.");
        RefreshedGauge stock = this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2));
        DistributionSummary value = withObjectives().histogram("shop.order.value", "Value.", "eur", 10, 100);
        IOException failure = new IOException();
        Runnable record = () -> {
            orders.increment(Outcome.PLACED);
            orders.increment(Outcome.OUT_OF_STOCK, 2);
            mails.success();
            mails.failure(failure);
            stock.set(17);
            value.record(80);
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 10_000; i++) {
                record.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        // What measuring itself allocates, and less than a byte each.
        assertThat(least).isLessThan(1000);
    }

}
