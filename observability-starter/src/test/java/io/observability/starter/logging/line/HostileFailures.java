package io.observability.starter.logging.line;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exceptions that break log encoders.
 */
final class HostileFailures {

    private HostileFailures() {
    }

    static Stream<HostileCase> failures() {
        return Stream.of(HostileCase.of("deep-cause-3000", (log) -> log.error("m", deepCause()), (line) -> {
            String trace = line.get("stack_trace").asString();
            assertThat(trace).contains("causes cut").contains("Caused by: java.lang.IllegalStateException: root");
        }), HostileCase.of("circular-cause", (log) -> log.error("m", circularCause()),
                (line) -> assertThat(line.get("stack_trace").asString()).contains("CIRCULAR REFERENCE")),
                HostileCase.of("circular-suppressed", (log) -> log.error("m", circularSuppressed()),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains("CIRCULAR REFERENCE")),
                HostileCase.of("stackoverflow", (log) -> log.error("m", overflow()),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains(" frames cut")),
                HostileCase.of("no-stack-trace", (log) -> log.error("m", new RuntimeException("x", null, false, false) {
                }), HostileCase.present("stack_hash")), HostileCase.of("frames-with-odd-names", (log) -> {
                    Exception failure = new IllegalStateException("x");
                    failure.setStackTrace(new StackTraceElement[] { new StackTraceElement("A\nB", "m\u202e", null, -1),
                            new StackTraceElement("A", "m", "F.java", -2) });
                    log.error("m", failure);
                }, (line) -> assertThat(line.get("stack_trace").asString()).contains("at A\nB.m\u202e(Unknown Source)")
                    .contains("at A.m(Native Method)")),
                HostileCase.of("getMessage-null", (log) -> log.error("m", new IllegalStateException((String) null)),
                        (line) -> assertThat(line.get("stack_trace").asString())
                            .startsWith("java.lang.IllegalStateException\n")));
    }

    static void everythingHuge(Logger log) {
        String huge = "\u202e".repeat(1 << 20);
        IllegalStateException failure = new IllegalStateException(huge, deepCause());
        for (int i = 0; i < 50; i++) {
            failure.addSuppressed(new IllegalStateException(huge, new IllegalArgumentException(huge)));
        }
        var event = log.atError().setCause(failure);
        for (int i = 0; i < 10; i++) {
            MDC.put(huge + i, huge);
            event = event.addKeyValue(huge + i, List.of(huge, huge, huge));
        }
        event.log(huge);
    }

    static Exception deepCause() {
        Exception failure = new IllegalStateException("root");
        for (int i = 0; i < 3000; i++) {
            failure = new IllegalStateException("level " + i, failure);
        }
        return failure;
    }

    static Exception circularCause() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        return first;
    }

    static Exception circularSuppressed() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second");
        first.addSuppressed(second);
        second.addSuppressed(first);
        return first;
    }

    static Throwable overflow() {
        try {
            return recurse(0);
        }
        catch (StackOverflowError ex) {
            return ex;
        }
    }

    static Throwable recurse(int depth) {
        Throwable deeper = recurse(depth + 1);
        return (depth == 0) ? deeper : new IllegalStateException(deeper);
    }

}
