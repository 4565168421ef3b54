package io.observability.starter.logging.line;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.AllocatedBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link JsonLineWriter} allocates for an event that exists already.
 */
class AllocationTests {

    /**
     * Bytes per event, of the writer alone.
     */
    private static final long BYTES_PER_EVENT = 0;

    /**
     * The writer of the stack trace: 24 by itself, and up to 40 more for an iterator that
     * the compiler no longer removes once other tests have shown it more kinds of lists.
     */
    private static final long BYTES_PER_FAILURE = 64;

    private final EncodedLog log = new EncodedLog();

    private final LineBuffer buffer = new LineBuffer(16 * 1024);

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @Test
    void aLineWithContextAllocatesNothing() {
        for (int i = 0; i < 8; i++) {
            MDC.put("field" + i, "value " + i);
        }
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(bytesPerEvent(event(null))).isLessThanOrEqualTo(BYTES_PER_EVENT);
    }

    @Test
    void aLineWithKeyValuesAllocatesNothing() {
        LoggingEvent event = event(null);
        event.addKeyValuePair(new KeyValuePair("user_id", "u-4711"));
        event.addKeyValuePair(new KeyValuePair("latency_ms", 12));
        event.addKeyValuePair(new KeyValuePair("status_code", 200L));
        event.addKeyValuePair(new KeyValuePair("cached", true));
        event.addKeyValuePair(new KeyValuePair("path", "/api/products/{id}"));
        assertThat(bytesPerEvent(event)).isLessThanOrEqualTo(BYTES_PER_EVENT);
    }

    @Test
    void aLineWithAnExceptionAllocatesNextToNothing() {
        LoggingEvent event = event(new IllegalStateException("outer", new IllegalArgumentException("inner")));
        assertThat(bytesPerEvent(event)).isLessThanOrEqualTo(BYTES_PER_FAILURE);
    }

    private LoggingEvent event(Throwable failure) {
        LoggingEvent event = new LoggingEvent("fqcn", this.log.logger(), Level.INFO,
                "Request {} completed for {} in {}", failure, new Object[] { "GET /api/products", "u-4711", 12L });
        // Logback makes these once and keeps them.
        event.prepareForDeferredProcessing();
        return event;
    }

    private long bytesPerEvent(ILoggingEvent event) {
        return AllocatedBytes.perRun(() -> {
            this.buffer.truncate(0);
            this.log.writer.write(event, this.buffer);
        });
    }

}
