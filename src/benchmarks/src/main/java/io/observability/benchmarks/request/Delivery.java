package io.observability.benchmarks.request;

import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * What came out of the service: a variant that loses or shortens its telemetry would look
 * cheap, so this is measured next to the cost.
 */
final class Delivery {

    /** Spans that reached the exporter. */
    static final LongAdder SPANS = new LongAdder();

    /** Bytes that were written to standard output. */
    static final LongAdder LOG_BYTES = new LongAdder();

    private Delivery() {
    }

    /**
     * Takes the place of the console.
     * @return a stream that counts bytes and forgets them
     */
    static OutputStream discardingOutput() {
        return new OutputStream() {

            @Override
            public void write(int b) {
                LOG_BYTES.increment();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                LOG_BYTES.add(length);
            }

        };
    }

}
