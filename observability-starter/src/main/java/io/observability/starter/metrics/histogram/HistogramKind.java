package io.observability.starter.metrics.histogram;

/**
 * Which buckets a histogram has.
 *
 * @since 0.1.0
 */
public enum HistogramKind {

    /** Buckets with fixed bounds, one series each. */
    CLASSIC,

    /**
     * Classic buckets, and native ones for those who scrape protobuf. Unless it is told
     * to keep both, a Prometheus that takes native histograms drops the classic buckets.
     */
    BOTH,

    /**
     * Native buckets alone; the text formats cannot carry them and show count and sum.
     */
    NATIVE;

    boolean hasClassic() {
        return this != NATIVE;
    }

    boolean hasNative() {
        return this != CLASSIC;
    }

}
