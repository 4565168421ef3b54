package io.observability.starter.logging.line;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of fields that break log encoders.
 */
final class HostileValues {

    private HostileValues() {
    }

    static Stream<HostileCase> values() {
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
                HostileCase.of("nan-inf",
                        (log) -> log.atInfo()
                            .addKeyValue("a", Double.NaN)
                            .addKeyValue("b", Double.POSITIVE_INFINITY)
                            .addKeyValue("c", Float.NEGATIVE_INFINITY)
                            .log("m"),
                        HostileCase.has("a", "NaN", "b", "Infinity", "c", "-Infinity")),
                HostileCase.of("big-numbers",
                        (log) -> log.atInfo()
                            .addKeyValue("a", BigInteger.TWO.pow(100))
                            .addKeyValue("b", new BigDecimal("1E+1000000000"))
                            .addKeyValue("c", BigInteger.TWO.pow(10_000_000))
                            .log("m"),
                        (line) -> assertThat(line.get("a").bigIntegerValue()).isEqualTo(BigInteger.TWO.pow(100))),
                HostileCase.of("null-value", HostileCase.pair("k", null),
                        (line) -> assertThat(line.get("k").isNull()).isTrue()),
                HostileCase.of("null-mdc-value", HostileCase.mdc("k", null),
                        (line) -> assertThat(line.get("k").isNull()).isTrue()),
                HostileCase.of("toString-throws-kv", HostileCase.pair("k", new HostileTexts.Throwing()),
                        HostileCase.has("k", "[FAILED toString()]")),
                HostileCase.of("toString-overflows-kv", HostileCase.pair("k", new HostileTexts.Overflowing()),
                        HostileCase.has("k", "[FAILED toString()]")),
                HostileCase.of("toString-null-kv", HostileCase.pair("k", new Nothing()), HostileCase.has("k", "null")),
                HostileCase.of("value-types",
                        HostileCase.pair("k", List.of(1, "a", true, Instant.EPOCH, 'c', Thread.State.NEW)),
                        (line) -> assertThat(line.get("k").toString())
                            .isEqualTo("[1,\"a\",true,\"1970-01-01T00:00:00Z\",\"c\",\"NEW\"]")),
                HostileCase.of("pojo", HostileCase.pair("k", new Pojo()), HostileCase.has("k", "pojo")),
                HostileCase.of("cyclic-pojo", HostileCase.pair("k", new CyclicPojo()),
                        (line) -> assertThat(line.get("k").asString()).contains("CyclicPojo@")),
                HostileCase.of("cyclic-map", HostileCase.pair("k", cyclicMap),
                        (line) -> assertThat(line.get("k").get("self").asString()).contains("contains itself")),
                HostileCase.of("cyclic-list", HostileCase.pair("k", cyclicList),
                        (line) -> assertThat(line.get("k").get(0).asString()).contains("contains itself")),
                HostileCase.of("map-keys-that-collide", HostileCase.pair("k", keys),
                        (line) -> assertThat(line.get("k").propertyNames()).containsExactlyInAnyOrder("null", "1",
                                "1_")),
                HostileCase.of("deep-list-5000", HostileCase.pair("k", nested), HostileCase.present("k")),
                HostileCase.of("wide-list-100-to-the-8", HostileCase.pair("k", broad), HostileCase.present("k")),
                HostileCase.of("supplier-throws", HostileCase.pair("k", (Supplier<String>) () -> {
                    throw new IllegalStateException();
                }), HostileCase.present("k")),
                HostileCase.of("collection-throws", HostileCase.pair("k", new ArrayList<>(List.of(1)) {
                    @Override
                    public int size() {
                        throw new IllegalStateException();
                    }
                }), HostileCase.has("k", "[FAILED java.lang.IllegalStateException]")),
                HostileCase.of("huge-kv-1MiB", HostileCase.pair("k", "v".repeat(1 << 20)),
                        (line) -> assertThat(line.get("k").asString()).endsWith(" chars cut]")
                            .hasSizeGreaterThan(30_000)),
                HostileCase.of("huge-kv-1MiB-escaped", HostileCase.pair("k", "\u202e".repeat(1 << 20)),
                        HostileCase.present("k")),
                HostileCase.of("many-huge-kv", HostileValues::manyHuge,
                        (line) -> assertThat(line.get("fields_cut").asInt()).isPositive()),
                HostileCase.of("many-kv-5000", HostileValues::many, HostileCase.has("k0", 0, "k4999", 4999)));
    }

    static void many(Logger log) {
        var event = log.atInfo();
        for (int i = 0; i < 5000; i++) {
            event = event.addKeyValue("k" + i, i);
        }
        event.log("m");
    }

    static void manyHuge(Logger log) {
        var event = log.atInfo();
        for (int i = 0; i < 100; i++) {
            event = event.addKeyValue("k" + i, "v".repeat(20_000));
        }
        event.log("m");
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
