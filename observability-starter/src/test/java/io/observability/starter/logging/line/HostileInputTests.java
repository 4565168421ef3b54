package io.observability.starter.logging.line;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inputs that break log encoders. Each must leave exactly one line that the strictest
 * reader takes, and its text must survive as stated.
 */
class HostileInputTests {

    private static final String CONTROLS = "a\u0000b\u001bc\nd\re\tf\"g\\h\u007fi\u0085j\u2028k\u202el\u200bm\ufeffn";

    private static final String LONE = "x\ud83dy";

    private static final String LONE_READ = "x\ufffdy";

    private static final String ASTRAL = "\u00e4\u4e2d\ud83d\ude00";

    private final EncodedLog log = new EncodedLog(new ServiceIdentity("shop", null, null));

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leavesOneWholeLine(Case hostile) {
        hostile.act.accept(this.log.logger(hostile.logger));
        JsonNode line = this.log.only();
        hostile.check.accept(line);
        assertThat(line.has("encoding_error")).isFalse();
        MDC.clear();
        this.log.lines.clear();
        this.log.logger().info("after {}", "all");
        assertThat(this.log.only().get("message").asString()).isEqualTo("after all");
        assertThat(this.log.only().size()).isEqualTo(8);
    }

    static Stream<Case> cases() {
        return Stream.of(texts(), names(), values(), messages(), failures()).flatMap((each) -> each);
    }

    private static Stream<Case> texts() {
        return Stream.of(
                of("basic", (log) -> log.atInfo().addKeyValue("k", "v").log("m {}", 1),
                        has("message", "m 1", "k", "v")),
                of("ctrl-message", (log) -> log.info(CONTROLS), has("message", CONTROLS)),
                of("ctrl-arg", (log) -> log.info("{}", CONTROLS), has("message", CONTROLS)),
                of("ctrl-kv-value", pair("k", CONTROLS), has("k", CONTROLS)),
                of("ctrl-kv-key", pair(CONTROLS, "v"), has(CONTROLS, "v")),
                of("ctrl-mdc", mdc(CONTROLS, CONTROLS), has(CONTROLS, CONTROLS)),
                new Case("ctrl-logger-name", "a\nb\"c", (log) -> log.info("m"), has("logger_name", "a\nb\"c")),
                of("ctrl-thread-name", HostileInputTests::inThreadWithAName, has("thread_name", CONTROLS)),
                of("ctrl-exception-msg", (log) -> log.error("m", new IllegalStateException(CONTROLS)),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains(CONTROLS)),
                of("unicode-bmp-astral", (log) -> log.info(ASTRAL), has("message", ASTRAL)),
                of("lone-high-surrogate", (log) -> log.info(LONE), has("message", LONE_READ)),
                of("lone-low-surrogate", (log) -> log.info("x\ude00y"), has("message", LONE_READ)),
                of("trailing-high-surrogate", (log) -> log.info("x\ud83d"), has("message", "x\ufffd")),
                of("lone-surrogate-key", pair(LONE, "v"), has(LONE_READ, "v")),
                of("lone-surrogate-keys-that-become-one",
                        (log) -> log.atInfo().addKeyValue("\ud83d", 1).addKeyValue("\ud83e", 2).log("m"),
                        has("\ufffd", 1, "\ufffd_", 2)),
                of("lone-surrogate-mdc", mdc("k", LONE), has("k", LONE_READ)));
    }

    private static Stream<Case> names() {
        Stream<Case> reserved = Stream
            .of("message", "level", "@timestamp", "logger_name", "thread_name", "stack_trace", "service", "trace_id",
                    "level_value", "tags")
            .map((name) -> of("reserved-" + name, pair(name, "forged"), has(name + "_", "forged")));
        Stream<Case> free = Stream.of("timestamp", "log", "error", "host", "process")
            .map((name) -> of("reserved-" + name, pair(name, "v"), has(name, "v")));
        return Stream.of(reserved, free,
                Stream.of(of("dup-kv-kv", (log) -> log.atInfo().addKeyValue("k", 1).addKeyValue("k", 2).log("m"),
                        has("k", 1, "k_", 2)), of("dup-kv-mdc", (log) -> {
                            MDC.put("k", "mdc");
                            log.atInfo().addKeyValue("k", "pair").log("m");
                        }, has("k", "mdc", "k_", "pair")),
                        of("dup-of-a-renamed-one",
                                (log) -> log.atInfo()
                                    .addKeyValue("k_", 1)
                                    .addKeyValue("k", 2)
                                    .addKeyValue("k", 3)
                                    .log("m"),
                                has("k_", 1, "k", 2, "k__", 3)),
                        of("dup-kv-100", (log) -> repeat(log, 100),
                                (line) -> assertThat(line.size()).isEqualTo(8 + 100)),
                        of("reserved-mdc-message", mdc("message", "forged"), has("message", "m", "message_", "forged")),
                        of("dotted-conflict", (log) -> log.atInfo().addKeyValue("a", 1).addKeyValue("a.b", 2).log("m"),
                                has("a", 1, "a.b", 2)),
                        of("null-key", pair(null, "v"), has("null", "v")),
                        of("empty-key", pair("", "v"), has("_", "v")),
                        of("key-of-1MiB", pair("k".repeat(1 << 20), "v"), has("k".repeat(256) + "\u2026", "v"))))
            .flatMap((each) -> each);
    }

    private static Stream<Case> values() {
        Map<Object, Object> cyclicMap = new HashMap<>();
        cyclicMap.put("self", cyclicMap);
        List<Object> cyclicList = new ArrayList<>();
        cyclicList.add(cyclicList);
        Map<Object, Object> keys = new HashMap<>();
        keys.put(null, 1);
        keys.put(1, 2);
        keys.put("1", 3);
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            deep = new ArrayList<>(List.of(deep, i));
        }
        List<Object> nested = deep;
        Object wide = "x";
        for (int i = 0; i < 8; i++) {
            Object[] level = new Object[100];
            Arrays.fill(level, wide);
            wide = level;
        }
        Object broad = wide;
        return Stream.of(
                of("nan-inf",
                        (log) -> log.atInfo()
                            .addKeyValue("a", Double.NaN)
                            .addKeyValue("b", Double.POSITIVE_INFINITY)
                            .addKeyValue("c", Float.NEGATIVE_INFINITY)
                            .log("m"),
                        has("a", "NaN", "b", "Infinity", "c", "-Infinity")),
                of("big-numbers",
                        (log) -> log.atInfo()
                            .addKeyValue("a", BigInteger.TWO.pow(100))
                            .addKeyValue("b", new BigDecimal("1E+1000000000"))
                            .addKeyValue("c", BigInteger.TWO.pow(10_000_000))
                            .log("m"),
                        (line) -> assertThat(line.get("a").bigIntegerValue()).isEqualTo(BigInteger.TWO.pow(100))),
                of("null-value", pair("k", null), (line) -> assertThat(line.get("k").isNull()).isTrue()),
                of("null-mdc-value", mdc("k", null), (line) -> assertThat(line.get("k").isNull()).isTrue()),
                of("toString-throws-kv", pair("k", new Throwing()), has("k", "[FAILED toString()]")),
                of("toString-overflows-kv", pair("k", new Overflowing()), has("k", "[FAILED toString()]")),
                of("toString-null-kv", pair("k", new Nothing()), has("k", "null")),
                of("value-types", pair("k", List.of(1, "a", true, Instant.EPOCH, 'c', Thread.State.NEW)),
                        (line) -> assertThat(line.get("k").toString())
                            .isEqualTo("[1,\"a\",true,\"1970-01-01T00:00:00Z\",\"c\",\"NEW\"]")),
                of("pojo", pair("k", new Pojo()), has("k", "pojo")),
                of("cyclic-pojo", pair("k", new CyclicPojo()),
                        (line) -> assertThat(line.get("k").asString()).contains("CyclicPojo@")),
                of("cyclic-map", pair("k", cyclicMap),
                        (line) -> assertThat(line.get("k").get("self").asString()).contains("contains itself")),
                of("cyclic-list", pair("k", cyclicList),
                        (line) -> assertThat(line.get("k").get(0).asString()).contains("contains itself")),
                of("map-keys-that-collide", pair("k", keys),
                        (line) -> assertThat(line.get("k").propertyNames()).containsExactlyInAnyOrder("null", "1",
                                "1_")),
                of("deep-list-5000", pair("k", nested), present("k")),
                of("wide-list-100-to-the-8", pair("k", broad), present("k")),
                of("supplier-throws", pair("k", (Supplier<String>) () -> {
                    throw new IllegalStateException();
                }), present("k")), of("collection-throws", pair("k", new ArrayList<>(List.of(1)) {
                    @Override
                    public int size() {
                        throw new IllegalStateException();
                    }
                }), has("k", "[FAILED java.lang.IllegalStateException]")),
                of("huge-kv-1MiB", pair("k", "v".repeat(1 << 20)),
                        (line) -> assertThat(line.get("k").asString()).endsWith(" chars cut]")
                            .hasSizeGreaterThan(30_000)),
                of("huge-kv-1MiB-escaped", pair("k", "\u202e".repeat(1 << 20)), present("k")),
                of("many-huge-kv", HostileInputTests::manyHuge,
                        (line) -> assertThat(line.get("fields_cut").asInt()).isPositive()),
                of("many-kv-5000", HostileInputTests::many, has("k0", 0, "k4999", 4999)));
    }

    private static Stream<Case> messages() {
        return Stream.of(of("null-message", (log) -> log.info((String) null), has("message", "null")),
                of("null-args", (log) -> log.info("{} {}", null, null), has("message", "null null")),
                of("null-array", (log) -> log.info("{}", (Object[]) null), has("message", "{}")),
                of("toString-throws-arg", (log) -> log.info("{}", new Throwing()),
                        has("message", "[FAILED toString()]")),
                of("toString-overflows-arg", (log) -> log.info("a {}", new Overflowing()),
                        has("message", "a [FAILED toString()]")),
                of("more-args", (log) -> log.info("{}", 1, 2), has("message", "1")),
                of("fewer-args", (log) -> log.info("{} {} {}", 1, 2), has("message", "1 2 {}")),
                of("throwable-as-last-arg", (log) -> log.info("{}", 1, new IllegalStateException("x")),
                        has("message", "1", "error_type", "java.lang.IllegalStateException")),
                of("pair-split-between-pattern-and-arg", (log) -> log.info("x\ud83d{}", "\ude00"),
                        has("message", "x\ufffd\ufffd")),
                of("huge-message-3MiB-chars", (log) -> log.info("m".repeat(3 << 20)),
                        (line) -> assertThat(line.get("message").asString()).endsWith(" chars cut]")
                            .hasSizeGreaterThan(90_000)),
                of("many-numbers",
                        (log) -> log.info("{}".repeat(100_000), IntStream.range(0, 100_000).boxed().toArray()),
                        (line) -> assertThat(line.get("message").asString()).endsWith(" chars cut]")),
                of("huge-message-3MiB-emoji", (log) -> log.info("\ud83d\ude00".repeat(3 << 19)), present("message")),
                of("everything-huge", HostileInputTests::everythingHuge, present("stack_trace")));
    }

    private static Stream<Case> failures() {
        return Stream.of(of("deep-cause-3000", (log) -> log.error("m", deepCause()), (line) -> {
            String trace = line.get("stack_trace").asString();
            assertThat(trace).contains("causes cut").contains("Caused by: java.lang.IllegalStateException: root");
        }), of("circular-cause", (log) -> log.error("m", circularCause()),
                (line) -> assertThat(line.get("stack_trace").asString()).contains("CIRCULAR REFERENCE")),
                of("circular-suppressed", (log) -> log.error("m", circularSuppressed()),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains("CIRCULAR REFERENCE")),
                of("stackoverflow", (log) -> log.error("m", overflow()),
                        (line) -> assertThat(line.get("stack_trace").asString()).contains(" frames cut")),
                of("no-stack-trace", (log) -> log.error("m", new RuntimeException("x", null, false, false) {
                }), present("stack_hash")), of("frames-with-odd-names", (log) -> {
                    Exception failure = new IllegalStateException("x");
                    failure.setStackTrace(new StackTraceElement[] { new StackTraceElement("A\nB", "m\u202e", null, -1),
                            new StackTraceElement("A", "m", "F.java", -2) });
                    log.error("m", failure);
                }, (line) -> assertThat(line.get("stack_trace").asString()).contains("at A\nB.m\u202e(Unknown Source)")
                    .contains("at A.m(Native Method)")),
                of("getMessage-null", (log) -> log.error("m", new IllegalStateException((String) null)),
                        (line) -> assertThat(line.get("stack_trace").asString())
                            .startsWith("java.lang.IllegalStateException\n")));
    }

    private static Consumer<Logger> pair(String key, Object value) {
        return (log) -> log.atInfo().addKeyValue(key, value).log("m");
    }

    private static Consumer<Logger> mdc(String key, String value) {
        return (log) -> {
            MDC.put(key, value);
            log.info("m");
        };
    }

    private static Consumer<JsonNode> has(Object... members) {
        return (line) -> {
            for (int i = 0; i < members.length; i += 2) {
                JsonNode value = line.get((String) members[i]);
                assertThat(value).as("member %s of %s", members[i], line).isNotNull();
                assertThat(value.asString()).isEqualTo(members[i + 1].toString());
            }
        };
    }

    private static Consumer<JsonNode> present(String member) {
        return (line) -> assertThat(line.has(member)).isTrue();
    }

    private static Case of(String name, Consumer<Logger> act, Consumer<JsonNode> check) {
        return new Case(name, "com.example.Shop", act, check);
    }

    private static void inThreadWithAName(Logger log) {
        Thread thread = new Thread(() -> log.info("m"), CONTROLS);
        thread.start();
        try {
            thread.join();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void repeat(Logger log, int times) {
        var event = log.atInfo();
        for (int i = 0; i < times; i++) {
            event = event.addKeyValue("k", i);
        }
        event.log("m");
    }

    private static void many(Logger log) {
        var event = log.atInfo();
        for (int i = 0; i < 5000; i++) {
            event = event.addKeyValue("k" + i, i);
        }
        event.log("m");
    }

    private static void manyHuge(Logger log) {
        var event = log.atInfo();
        for (int i = 0; i < 100; i++) {
            event = event.addKeyValue("k" + i, "v".repeat(20_000));
        }
        event.log("m");
    }

    private static void everythingHuge(Logger log) {
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

    private static Exception deepCause() {
        Exception failure = new IllegalStateException("root");
        for (int i = 0; i < 3000; i++) {
            failure = new IllegalStateException("level " + i, failure);
        }
        return failure;
    }

    private static Exception circularCause() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        return first;
    }

    private static Exception circularSuppressed() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second");
        first.addSuppressed(second);
        second.addSuppressed(first);
        return first;
    }

    private static Throwable overflow() {
        try {
            return recurse(0);
        }
        catch (StackOverflowError ex) {
            return ex;
        }
    }

    private static Throwable recurse(int depth) {
        Throwable deeper = recurse(depth + 1);
        return (depth == 0) ? deeper : new IllegalStateException(deeper);
    }

    record Case(String name, String logger, Consumer<Logger> act, Consumer<JsonNode> check) {

        @Override
        public String toString() {
            return this.name;
        }

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

    static final class Nothing {

        @Override
        public String toString() {
            return null;
        }

    }

    public static final class Pojo {

        public String getName() {
            throw new IllegalStateException("a getter was called");
        }

        @Override
        public String toString() {
            return "pojo";
        }

    }

    static final class CyclicPojo {

        public final CyclicPojo self = this;

    }

}
