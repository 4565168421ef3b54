package io.observability.starter.call;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UriTemplate}.
 */
class UriTemplateTests {

    @ParameterizedTest
    @CsvSource({ "/stock/{id}, /stock/{id}", "stock, /stock", "/stock?size={size}, /stock", "/stock#top, /stock",
            "http://inventory:8080/stock/{id}?a=b, /stock/{id}", "https://inventory, /", "http://inventory?a=b, /",
            "{base}/stock, /{base}/stock", "/goto?url=http://elsewhere/path, /goto",
            "/goto/http://elsewhere, /goto/http://elsewhere", "?a=b, /" })
    void isThePathOfTheTemplate(String template, String route) {
        assertThat(UriTemplate.path(template)).isEqualTo(route);
    }

    @Test
    void thereIsNoneWithoutATemplate() {
        assertThat(UriTemplate.path(null)).isNull();
        assertThat(UriTemplate.path("")).isNull();
    }

    @Test
    void isCutOnceForAllCallsOfAClient() {
        String base = "http://inventory:8080";
        assertThat(UriTemplate.path(base + "/known/{id}")).isSameAs(UriTemplate.path(base + "/known/{id}"));
    }

    @Test
    void isRightHoweverManyTemplatesThereAre() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String path = "/" + i + "/{id}" + "x".repeat(i / 10);
                assertThat(UriTemplate.path("http://inventory" + path + "?a=b")).isEqualTo(path);
            }
        }
    }

}
