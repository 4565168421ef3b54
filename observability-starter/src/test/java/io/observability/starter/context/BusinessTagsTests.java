package io.observability.starter.context;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BusinessTags}.
 */
class BusinessTagsTests {

    @BeforeAll
    static void register() {
        ContextAccessors.register(ContextRegistry.getInstance());
    }

    @AfterEach
    void nothingStays() {
        assertThat(BusinessTags.current()).isEmpty();
        assertThat(MDC.get("tenant")).isNull();
    }

    @Test
    void standsInTheContextUntilTheScopeCloses() {
        try (BusinessTags.Scope scope = BusinessTags.open()) {
            assertThat(BusinessTags.put("tenant", "acme")).isTrue();
            assertThat(MDC.get("tenant")).isEqualTo("acme");
            assertThat(BusinessTags.put("tenant", "other")).isTrue();
            assertThat(BusinessTags.get("tenant")).isEqualTo("other");
            assertThat(MDC.get("tenant")).isEqualTo("other");
            BusinessTags.put("tenant", null);
            assertThat(MDC.get("tenant")).isNull();
            BusinessTags.put("tenant", "acme");
        }
    }

    @Test
    void innerScopeHidesTheOuterOne() {
        try (BusinessTags.Scope outer = BusinessTags.open()) {
            BusinessTags.put("tenant", "outer");
            try (BusinessTags.Scope inner = BusinessTags.open()) {
                assertThat(MDC.get("tenant")).isNull();
                BusinessTags.put("tenant", "inner");
            }
            assertThat(MDC.get("tenant")).isEqualTo("outer");
        }
    }

    @Test
    void outsideOfARequestNothingIsSet() {
        assertThat(BusinessTags.put("tenant", "acme")).isFalse();
        BusinessTags.remove("tenant");
        BusinessTags.refresh();
    }

    @ParameterizedTest
    @ValueSource(strings = { "trace_id", "span_id", "request_id", "message", "level", "http_status", "http_anything",
            "duration_ms", "Tenant", "1tenant", "_tenant", "a.b", "a b", "a\nb", "", "täg",
            "a2345678901234567890123456789012345678901" })
    void refusesKeys(String key) {
        try (BusinessTags.Scope scope = BusinessTags.open()) {
            MDC.put("trace_id", "kept");
            assertThat(BusinessTags.put(key, "value")).isFalse();
            assertThat(BusinessTags.current()).isEmpty();
            assertThat(MDC.get("trace_id")).isEqualTo("kept");
        }
        finally {
            MDC.remove("trace_id");
        }
    }

    @Test
    void refusesNoKeyAndTheSeventeenthTag() {
        try (BusinessTags.Scope scope = BusinessTags.open()) {
            for (int i = 0; i < BusinessTags.MAX_TAGS; i++) {
                assertThat(BusinessTags.put("tag" + i, "value")).isTrue();
            }
            assertThat(BusinessTags.put("tenant", "value")).isFalse();
            assertThat(BusinessTags.put("tag3", "changed")).isTrue();
            assertThat(BusinessTags.current()).hasSize(BusinessTags.MAX_TAGS).containsEntry("tag3", "changed");
        }
    }

    @Test
    void cleansAndCutsValues() {
        try (BusinessTags.Scope scope = BusinessTags.open()) {
            BusinessTags.put("tenant", "a\nb\u202ec\ud800");
            assertThat(BusinessTags.get("tenant")).isEqualTo("a_b_c_");
            BusinessTags.put("tenant", "x".repeat(127) + "\ud83d\ude00");
            assertThat(BusinessTags.get("tenant")).isEqualTo("x".repeat(127));
            BusinessTags.put("tenant", "Bücher & Söhne \ud83d\ude00");
            assertThat(BusinessTags.get("tenant")).isEqualTo("Bücher & Söhne \ud83d\ude00");
        }
    }

    @Test
    void travelsWithTasksAndBack() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try (BusinessTags.Scope scope = BusinessTags.open()) {
            BusinessTags.put("tenant", "acme");
            String seen = CompletableFuture.supplyAsync(() -> "ready", pool).thenApply((ready) -> ready).get();
            assertThat(seen).isEqualTo("ready");
            assertThat(pool.submit(CarriedTasks.carry(() -> {
                BusinessTags.put("worked_on", "elsewhere");
                return MDC.get("tenant");
            })).get()).isEqualTo("acme");
            assertThat(pool.submit(() -> String.valueOf(MDC.get("tenant")) + MDC.get("worked_on")).get())
                .isEqualTo("nullnull");
            assertThat(BusinessTags.get("worked_on")).isEqualTo("elsewhere");
            assertThat(MDC.get("worked_on")).isNull();
            BusinessTags.refresh();
            assertThat(MDC.get("worked_on")).isEqualTo("elsewhere");
        }
        finally {
            pool.shutdownNow();
        }
        assertThat(MDC.get("worked_on")).isNull();
    }

    @Test
    void headersThatAreNoValuesAreNotTaken() {
        HeaderTags rule = new HeaderTags(Map.of("tenant", "X-Tenant"));
        assertThat(rule.read((name) -> "acme").current()).containsOnly(Map.entry("tenant", "acme"));
        assertThat(rule.read((name) -> null).current()).isEmpty();
        assertThat(rule.read((name) -> "").current()).isEmpty();
        assertThat(rule.read((name) -> "a\u001bb").current()).isEmpty();
        assertThat(rule.read((name) -> "x".repeat(129)).current()).isEmpty();
        assertThat(HeaderTags.NONE.isEmpty()).isTrue();
    }

}
