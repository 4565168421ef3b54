package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.logging.redaction.Redaction;
import io.observability.starter.pipeline.Completeness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link PresenceCounts}, alone and where lines are written.
 */
class PresenceCountsTests {

    private final EncodedLog log = new EncodedLog();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void requiredFieldsAreAskedOfTheServiceAndOfTheLinesOfRequests() {
        PresenceCounts counts = counts("service.name", "service.version", "deployment.environment.name", "trace_id",
                "tenant");
        PresenceCounts.Cell cell = counts.cell();
        cell.count(0);
        cell.count(counts.of(Map.of("trace_id", "a")));
        cell.count(counts.of(Map.of("request_id", "r", "trace_id", "a", "tenant", "t")));
        cell.count(counts.of(Map.of("request_id", "r", "trace_id", "a", "tenant", "")));
        cell.count(counts.of(Map.of("request_id", "r", "other", "x")));
        assertThat(counts.completeness()).containsExactly(of(Completeness.Aspect.LINE_TRACE_ID, "", 5, 3),
                of(Completeness.Aspect.REQUIRED_FIELD, "service.name", 5, 5),
                of(Completeness.Aspect.REQUIRED_FIELD, "service.version", 5, 5),
                of(Completeness.Aspect.REQUIRED_FIELD, "deployment.environment.name", 5, 0),
                of(Completeness.Aspect.REQUIRED_FIELD, "trace_id", 3, 2),
                of(Completeness.Aspect.REQUIRED_FIELD, "tenant", 3, 1));
    }

    @Test
    void serviceWithoutANameLacksIt() {
        PresenceCounts counts = new PresenceCounts(new ServiceIdentity(ServiceIdentity.UNKNOWN, null, " "),
                ServiceIdentity.FIELDS);
        counts.cell().count(0);
        assertThat(counts.completeness()).filteredOn((count) -> count.aspect() == Completeness.Aspect.REQUIRED_FIELD)
            .hasSize(3)
            .allMatch((count) -> count.expected() == 1 && count.complete() == 0);
    }

    @Test
    void linesAreCountedByWhatTheirContextHas() {
        List<Completeness> before = this.log.writer.counts().completeness();
        write(null);
        MDC.put("request_id", "r-1");
        write(null);
        write(null);
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        write(null);
        assertThat(since(before, Completeness.Aspect.LINE_TRACE_ID, ""))
            .isEqualTo(of(Completeness.Aspect.LINE_TRACE_ID, "", 4, 1));
        assertThat(since(before, Completeness.Aspect.REQUIRED_FIELD, "trace_id"))
            .isEqualTo(of(Completeness.Aspect.REQUIRED_FIELD, "trace_id", 3, 1));
    }

    @Test
    void idsOfAFailedRequestCount() {
        List<Completeness> before = this.log.writer.counts().completeness();
        RuntimeException failure = new IllegalStateException("boom");
        FailureContexts.remember(failure, Map.of("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "request_id", "r-1"));
        write(failure);
        write(new IllegalStateException("of nobody"));
        assertThat(since(before, Completeness.Aspect.LINE_TRACE_ID, ""))
            .isEqualTo(of(Completeness.Aspect.LINE_TRACE_ID, "", 2, 1));
        assertThat(since(before, Completeness.Aspect.REQUIRED_FIELD, "trace_id"))
            .isEqualTo(of(Completeness.Aspect.REQUIRED_FIELD, "trace_id", 1, 1));
    }

    @Test
    void noLineIsCountedTwiceOrLostWhateverManyWritersThereAre() throws InterruptedException {
        PresenceCounts counts = counts("trace_id");
        int present = counts.of(Map.of("request_id", "r", "trace_id", "a"));
        int lines = 10_000;
        CountDownLatch begin = new CountDownLatch(1);
        // More than get a cell of their own.
        List<Thread> writers = new ArrayList<>();
        IntStream.range(0, Runtime.getRuntime().availableProcessors() * 16 + 8).forEach((number) -> {
            Thread writer = new Thread(() -> {
                PresenceCounts.Cell cell = counts.cell();
                try {
                    begin.await();
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 0; i < lines; i++) {
                    cell.count((i % 2 == 0) ? present : 0);
                }
            });
            writer.start();
            writers.add(writer);
        });
        begin.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        long all = (long) writers.size() * lines;
        assertThat(counts.completeness()).containsExactly(of(Completeness.Aspect.LINE_TRACE_ID, "", all, all / 2),
                of(Completeness.Aspect.REQUIRED_FIELD, "trace_id", all / 2, all / 2));
    }

    @Test
    void keysOfTheMdcAreBounded() {
        Set<String> keys = new LinkedHashSet<>(ServiceIdentity.FIELDS);
        for (int i = 0; i <= PresenceCounts.MAX_KEYS; i++) {
            keys.add("key" + i);
        }
        assertThatThrownBy(() -> new LineOptions(Redaction.none(), null, StackOptions.standard(), keys))
            .isInstanceOf(IllegalArgumentException.class);
        keys.remove("key0");
        assertThat(new LineOptions(Redaction.none(), null, StackOptions.standard(), keys).requiredFields())
            .containsExactlyElementsOf(keys);
    }

    private void write(Throwable failure) {
        this.log.writer.toBytes(new LoggingEvent("fqcn", this.log.logger(), Level.INFO, "message", failure, null));
    }

    private Completeness since(List<Completeness> before, Completeness.Aspect aspect, String field) {
        Completeness then = find(before, aspect, field);
        Completeness now = find(this.log.writer.counts().completeness(), aspect, field);
        return of(aspect, field, now.expected() - then.expected(), now.complete() - then.complete());
    }

    private static Completeness find(List<Completeness> counts, Completeness.Aspect aspect, String field) {
        return counts.stream()
            .filter((count) -> count.aspect() == aspect && count.field().equals(field))
            .findFirst()
            .orElseThrow();
    }

    private static PresenceCounts counts(String... required) {
        return new PresenceCounts(new ServiceIdentity("shop", "1.2", null), new LinkedHashSet<>(List.of(required)));
    }

    private static Completeness of(Completeness.Aspect aspect, String field, long expected, long complete) {
        return new Completeness(aspect, field, expected, complete);
    }

}
