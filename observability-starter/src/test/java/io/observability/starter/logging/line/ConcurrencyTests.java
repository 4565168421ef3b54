package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads write through one {@link JsonLineWriter}.
 */
class ConcurrencyTests {

    private static final int THREADS = 8;

    private static final int LINES = 2000;

    private final EncodedLog log = new EncodedLog();

    @Test
    void noLineHoldsAnythingOfAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "t" + thread;
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    for (int i = 0; i < LINES; i++) {
                        log(name, name + "-" + i);
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
        finally {
            threads.shutdownNow();
        }
        Set<String> seen = ConcurrentHashMap.newKeySet();
        for (byte[] bytes : this.log.lines) {
            JsonNode line = EncodedLog.strict(bytes);
            String id = line.get("id").asString();
            seen.add(id);
            assertThat(line.get("message").asString()).isEqualTo("line " + id);
            assertThat(line.get("thread").asString()).isEqualTo(id.substring(0, id.indexOf('-')));
            assertThat(line.get("trace_id").asString()).isEqualTo("trace of " + id);
            assertThat(line.size()).isEqualTo(13);
        }
        assertThat(seen).hasSize(THREADS * LINES);
    }

    @Test
    void aToStringThatLogsItselfLeavesBothLines() {
        Logger logger = this.log.logger();
        Object chatty = new Object() {
            @Override
            public String toString() {
                logger.info("inner {}", this);
                return "chatty";
            }
        };
        logger.info("outer {}", chatty);
        List<String> messages = this.log.lines.stream()
            .map((line) -> EncodedLog.strict(line).get("message").asString())
            .toList();
        assertThat(messages).hasSize(4).last().isEqualTo("outer chatty");
        assertThat(messages.get(0)).startsWith("inner [NESTED ");
    }

    private void log(String thread, String id) {
        MDC.put("trace_id", "trace of " + id);
        MDC.put("thread", thread);
        this.log.logger().atInfo().addKeyValue("id", id).addKeyValue("n", List.of(1, 2)).log("line {}", id);
    }

}
