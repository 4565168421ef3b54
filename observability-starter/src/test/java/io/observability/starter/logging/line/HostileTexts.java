package io.observability.starter.logging.line;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts, names and messages that break log encoders.
 */
final class HostileTexts {

    private HostileTexts() {
    }

    static final String CONTROLS = "a\u0000b\u001bc\nd\re\tf\"g\\h\u007fi\u0085j\u2028k\u202el\u200bm\ufeffn";

    static final String LONE = "x\ud83dy";

    static final String LONE_READ = "x\ufffdy";

    static final String ASTRAL = "\u00e4\u4e2d\ud83d\ude00";

    static Stream<HostileCase> texts() {
        return Stream.of(
                HostileCase.of("basic", (log) -> log.atInfo().addKeyValue("k", "v").log("m {}", 1),
                        HostileCase.has("message", "m 1", "k", "v")),
                HostileCase.of("ctrl-message", (log) -> log.info(CONTROLS), HostileCase.has("message", CONTROLS)),
                HostileCase.of("ctrl-arg", (log) -> log.info("{}", CONTROLS), HostileCase.has("message", CONTROLS)),
                HostileCase.of("ctrl-kv-value", HostileCase.pair("k", CONTROLS), HostileCase.has("k", CONTROLS)),
                HostileCase.of("ctrl-kv-key", HostileCase.pair(CONTROLS, "v"), HostileCase.has(CONTROLS, "v")),
                HostileCase.of("ctrl-mdc", HostileCase.mdc(CONTROLS, CONTROLS), HostileCase.has(CONTROLS, CONTROLS)),
                new HostileCase("ctrl-logger-name", "a\nb\"c", (log) -> log.info("m"),
                        HostileCase.has("logger_name", "a\nb\"c")),
                HostileCase.of("ctrl-thread-name", HostileTexts::inThreadWithAName,
                        HostileCase.has("thread_name", CONTROLS)),
                HostileCase.of("ctrl-exception-msg", (log) -> log.error("m", new IllegalStateException(CONTROLS)),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains(CONTROLS)),
                HostileCase.of("unicode-bmp-astral", (log) -> log.info(ASTRAL), HostileCase.has("message", ASTRAL)),
                HostileCase.of("lone-high-surrogate", (log) -> log.info(LONE), HostileCase.has("message", LONE_READ)),
                HostileCase.of("lone-low-surrogate", (log) -> log.info("x\ude00y"),
                        HostileCase.has("message", LONE_READ)),
                HostileCase.of("trailing-high-surrogate", (log) -> log.info("x\ud83d"),
                        HostileCase.has("message", "x\ufffd")),
                HostileCase.of("lone-surrogate-key", HostileCase.pair(LONE, "v"), HostileCase.has(LONE_READ, "v")),
                HostileCase.of("lone-surrogate-keys-that-become-one",
                        (log) -> log.atInfo().addKeyValue("\ud83d", 1).addKeyValue("\ud83e", 2).log("m"),
                        HostileCase.has("\ufffd", 1, "\ufffd_", 2)),
                HostileCase.of("lone-surrogate-mdc", HostileCase.mdc("k", LONE), HostileCase.has("k", LONE_READ)));
    }

    static Stream<HostileCase> names() {
        Stream<HostileCase> reserved = Stream
            .of("message", "level", "@timestamp", "logger_name", "thread_name", "stack_trace", "service", "trace_id",
                    "level_value", "tags")
            .map((name) -> HostileCase.of("reserved-" + name, HostileCase.pair(name, "forged"),
                    HostileCase.has(name + "_", "forged")));
        Stream<HostileCase> free = Stream.of("timestamp", "log", "error", "host", "process")
            .map((name) -> HostileCase.of("reserved-" + name, HostileCase.pair(name, "v"), HostileCase.has(name, "v")));
        return Stream.of(reserved, free,
                Stream.of(HostileCase.of("dup-kv-kv",
                        (log) -> log.atInfo().addKeyValue("k", 1).addKeyValue("k", 2).log("m"),
                        HostileCase.has("k", 1, "k_", 2)), HostileCase.of("dup-kv-mdc", (log) -> {
                            MDC.put("k", "mdc");
                            log.atInfo().addKeyValue("k", "pair").log("m");
                        }, HostileCase.has("k", "mdc", "k_", "pair")),
                        HostileCase.of("dup-of-a-renamed-one",
                                (log) -> log.atInfo()
                                    .addKeyValue("k_", 1)
                                    .addKeyValue("k", 2)
                                    .addKeyValue("k", 3)
                                    .log("m"),
                                HostileCase.has("k_", 1, "k", 2, "k__", 3)),
                        HostileCase.of("dup-kv-100", (log) -> repeat(log, 100),
                                (line) -> assertThat(line.size()).isEqualTo(8 + 100)),
                        HostileCase.of("reserved-mdc-message", HostileCase.mdc("message", "forged"),
                                HostileCase.has("message", "m", "message_", "forged")),
                        HostileCase.of("dotted-conflict",
                                (log) -> log.atInfo().addKeyValue("a", 1).addKeyValue("a.b", 2).log("m"),
                                HostileCase.has("a", 1, "a.b", 2)),
                        HostileCase.of("null-key", HostileCase.pair(null, "v"), HostileCase.has("null", "v")),
                        HostileCase.of("empty-key", HostileCase.pair("", "v"), HostileCase.has("_", "v")),
                        HostileCase.of("key-of-1MiB", HostileCase.pair("k".repeat(1 << 20), "v"),
                                HostileCase.has("k".repeat(256) + "\u2026", "v"))))
            .flatMap((each) -> each);
    }

    static Stream<HostileCase> messages() {
        return Stream.of(
                HostileCase.of("null-message", (log) -> log.info((String) null), HostileCase.has("message", "null")),
                HostileCase.of("null-args", (log) -> log.info("{} {}", null, null),
                        HostileCase.has("message", "null null")),
                HostileCase.of("null-array", (log) -> log.info("{}", (Object[]) null),
                        HostileCase.has("message", "{}")),
                HostileCase.of("toString-throws-arg", (log) -> log.info("{}", new Throwing()),
                        HostileCase.has("message", "[FAILED toString()]")),
                HostileCase.of("toString-overflows-arg", (log) -> log.info("a {}", new Overflowing()),
                        HostileCase.has("message", "a [FAILED toString()]")),
                HostileCase.of("more-args", (log) -> log.info("{}", 1, 2), HostileCase.has("message", "1")),
                HostileCase.of("fewer-args", (log) -> log.info("{} {} {}", 1, 2), HostileCase.has("message", "1 2 {}")),
                HostileCase.of("throwable-as-last-arg", (log) -> log.info("{}", 1, new IllegalStateException("x")),
                        HostileCase.has("message", "1", "error_type", "java.lang.IllegalStateException")),
                HostileCase.of("pair-split-between-pattern-and-arg", (log) -> log.info("x\ud83d{}", "\ude00"),
                        HostileCase.has("message", "x\ufffd\ufffd")),
                HostileCase.of("huge-message-3MiB-chars", (log) -> log.info("m".repeat(3 << 20)),
                        (line) -> assertThat(line.get("message").asString()).endsWith(" chars cut]")
                            .hasSizeGreaterThan(90_000)),
                HostileCase.of("many-numbers",
                        (log) -> log.info("{}".repeat(100_000), IntStream.range(0, 100_000).boxed().toArray()),
                        (line) -> assertThat(line.get("message").asString()).endsWith(" chars cut]")),
                HostileCase.of("huge-message-3MiB-emoji", (log) -> log.info("\ud83d\ude00".repeat(3 << 19)),
                        HostileCase.present("message")),
                HostileCase.of("everything-huge", HostileFailures::everythingHuge, HostileCase.present("stack_trace")));
    }

    static void inThreadWithAName(Logger log) {
        Thread thread = new Thread(() -> log.info("m"), CONTROLS);
        thread.start();
        try {
            thread.join();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static void repeat(Logger log, int times) {
        var event = log.atInfo();
        for (int i = 0; i < times; i++) {
            event = event.addKeyValue("k", i);
        }
        event.log("m");
    }

    static final class Throwing {

        @Override
        public String toString() {
            throw new IllegalStateException("from toString");
        }

    }

    static final class Overflowing {

        @Override
        public String toString() {
            return "x" + this;
        }

    }

}
