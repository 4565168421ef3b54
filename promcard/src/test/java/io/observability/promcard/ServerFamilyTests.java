package io.observability.promcard;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerFamilyTests {

    @Test
    void thePartsOfAHistogramOrSummaryAreOneMetric() {
        List<String> names = List.of("up", "a_bucket", "a_count", "a_sum", "b", "b_sum", "b_count", "c_count",
                "d_bucket", "e_total");
        assertThat(ServerFamily.of(names)).containsExactly(
                new ServerFamily("a", List.of("a_bucket", "a_count", "a_sum")),
                new ServerFamily("b", List.of("b", "b_count", "b_sum")),
                new ServerFamily("c_count", List.of("c_count")), new ServerFamily("d_bucket", List.of("d_bucket")),
                new ServerFamily("e_total", List.of("e_total")), new ServerFamily("up", List.of("up")));
    }

    @Test
    void noNameIsAPattern() {
        assertThat(new ServerFamily("a", List.of("a_count", "a.b*\"\\")).selector())
            .isEqualTo("{__name__=~\"a_count|a\\\\.b\\\\*\\\"\\\\\\\\\"}");
    }

}
