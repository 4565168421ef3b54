package io.observability.benchmarks.line;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What a service logs, as SLF4J calls that are the same for all rows. The values come
 * from 1,024 sets made beforehand, with a seed.
 */
final class LogCalls {

    static final String LOGGER = "com.acme.orders.checkout.OrderService";

    static final String[] KEYS = { "user_id", "req_id", "latency_ms", "status_code", "method", "path", "region",
            "tenant" };

    private static final int SETS = 1024;

    private static final String PATTERN = "Request {} completed for {}";

    private static final String[] METHODS = { "GET", "POST", "PUT", "DELETE" };

    private static final String[] PATHS = { "/api/v1/orders", "/api/v1/orders/items", "/api/v1/customers/profile",
            "/api/v1/payments/intents" };

    private static final String[] REGIONS = { "eu-central-1", "eu-west-1", "us-east-1" };

    private final Logger logger = LoggerFactory.getLogger(LOGGER);

    private final Object[][] sets = new Object[SETS][];

    private final Throwable failure = failure();

    private int next;

    LogCalls() {
        Random random = new Random(42);
        for (int i = 0; i < SETS; i++) {
            this.sets[i] = new Object[] { "user-" + (100_000 + random.nextInt(900_000)),
                    Long.toHexString(random.nextLong() | Long.MIN_VALUE), 1 + random.nextInt(5000),
                    200 + random.nextInt(4) * 100, METHODS[random.nextInt(METHODS.length)],
                    PATHS[random.nextInt(PATHS.length)], REGIONS[random.nextInt(REGIONS.length)],
                    "tenant-" + random.nextInt(200) };
        }
    }

    private Object[] set() {
        return this.sets[this.next++ & (SETS - 1)];
    }

    /** Eight key-values by the fluent interface. */
    void keyValues() {
        Object[] set = set();
        this.logger.atInfo()
            .addKeyValue("user_id", set[0])
            .addKeyValue("req_id", set[1])
            // Made anew, as where a service measures it.
            .addKeyValue("latency_ms", ((Integer) set[2]).intValue())
            .addKeyValue("status_code", ((Integer) set[3]).intValue())
            .addKeyValue("method", set[4])
            .addKeyValue("path", set[5])
            .addKeyValue("region", set[6])
            .addKeyValue("tenant", set[7])
            .log(PATTERN, set[1], set[0]);
    }

    /** A line with what the MDC has. */
    void plain() {
        Object[] set = set();
        this.logger.info(PATTERN, set[1], set[0]);
    }

    /** The same after a change of the MDC. */
    void plainAfterPut() {
        Object[] set = set();
        MDC.put("req_id", (String) set[1]);
        this.logger.info(PATTERN, set[1], set[0]);
    }

    /** An exception with its cause. */
    void failed() {
        Object[] set = set();
        this.logger.error(PATTERN, set[1], set[0], this.failure);
    }

    /**
     * The same by the fluent interface, for who drops the exception of the other form.
     */
    void failedFluently() {
        Object[] set = set();
        this.logger.atError().setCause(this.failure).log(PATTERN, set[1], set[0]);
    }

    /** A line of a level that is off. */
    void disabled() {
        Object[] set = set();
        this.logger.debug(PATTERN, set[1], set[0]);
    }

    /** Eight entries of the MDC, as at the start of a request. */
    void putContext() {
        Object[] set = this.sets[0];
        for (int i = 0; i < KEYS.length; i++) {
            MDC.put(KEYS[i], String.valueOf(set[i]));
        }
    }

    /**
     * What the first line of a run has to say.
     * @return the values by key, and the message
     */
    Map<String, Object> firstSet() {
        Map<String, Object> first = new TreeMap<>();
        for (int i = 0; i < KEYS.length; i++) {
            first.put(KEYS[i], this.sets[0][i]);
        }
        return first;
    }

    private static Throwable failure() {
        // 30 frames, and 32 of the cause, of which the outer 26 are the same.
        IllegalStateException cause = new IllegalStateException("Connection to payments refused");
        cause.setStackTrace(trace(6));
        RuntimeException failure = new RuntimeException("Order could not be completed", cause);
        failure.setStackTrace(trace(4));
        return failure;
    }

    private static StackTraceElement[] trace(int own) {
        StackTraceElement[] trace = new StackTraceElement[own + 26];
        for (int i = 0; i < trace.length; i++) {
            int frame = i - own;
            trace[i] = (frame < 0)
                    ? new StackTraceElement("com.acme.orders.checkout.Step" + own + i, "run" + i,
                            "Step" + own + i + ".java", 40 + i)
                    : new StackTraceElement("org.example.framework.web.filter.FilterChain" + frame, "doFilter",
                            "FilterChain" + frame + ".java", 100 + frame);
        }
        return trace;
    }

}
