package io.observability.starter.metrics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallRouteTests {

    @ParameterizedTest
    @CsvSource({ "/stock/{id}, /stock/{id}", "stock, /stock", "/stock?size={size}, /stock", "/stock#top, /stock",
            "http://inventory:8080/stock/{id}?a=b, /stock/{id}", "https://inventory, /", "http://inventory?a=b, /",
            "{base}/stock, /{base}/stock", "/goto?url=http://elsewhere/path, /goto",
            "/goto/http://elsewhere, /goto/http://elsewhere", "?a=b, /" })
    void isThePathOfTheTemplate(String template, String route) {
        assertThat(CallRoute.of(template)).isEqualTo(route);
    }

    @Test
    void isUnknownWithoutATemplate() {
        assertThat(CallRoute.of(null)).isEqualTo("_unknown");
        assertThat(CallRoute.of("")).isEqualTo("_unknown");
    }

}
