package io.observability.starter.metrics;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScrapeFormatTests {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String PROTOBUF = "application/vnd.google.protobuf; "
            + "proto=io.prometheus.client.MetricFamily; encoding=delimited";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "*/*", "text/*", "text/plain", "TEXT/PLAIN", "text/plain;version=0.0.4",
            "text/plain; version=\"0.0.4\"", "text/html,*/*;q=0.8", "text/plain, application/openmetrics-text",
            "application/openmetrics-text;q=0, */*", "application/openmetrics-text;q=0.3,text/plain;q=0.5",
            "application/openmetrics-text;version=2.0.0,text/plain;q=0.1", "text/plain;q=abc,*/*",
            "application/vnd.google.protobuf;proto=some.other.Message,*/*;q=0.1",
            "application/vnd.google.protobuf;encoding=text,text/plain;q=0.1", "*/*;q=0.1,image/png" })
    void answersText(@Nullable String accept) {
        assertThat(contentType(accept)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/openmetrics-text", "application/openmetrics-text;version=1.0.0",
            "application/openmetrics-text; version=\"1.0.0\"; charset=utf-8", "text/plain;q=0, */*", "application/*",
            "application/openmetrics-text, text/plain", "application/openmetrics-text;q=0.5,*/*;q=0.4",
            // Prometheus 2.42
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1" })
    void answersOpenMetrics(String accept) {
        assertThat(contentType(accept)).isEqualTo(OPENMETRICS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/vnd.google.protobuf",
            "application/openmetrics-text;q=0.5,application/vnd.google.protobuf",
            // Prometheus 2.42 with native histograms
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                    + "application/openmetrics-text;version=1.0.0;q=0.8,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1" })
    void answersProtobuf(String accept) {
        assertThat(contentType(accept)).isEqualTo(PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(strings = { "image/png", "text/html", "text/plain;q=0", "*/*;q=0", "text/plain;version=0.0.3",
            "application/json;q=1.0, text/html", "application/openmetrics-text;version=0.0.1",
            "text/plain;q=0,application/openmetrics-text;q=0,application/vnd.google.protobuf;q=0,*/*" })
    void nothingIsAcceptable(String accept) {
        assertThat(ScrapeFormat.negotiate(accept)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    text/plain;version=1.0.0;escaping=allow-utf-8 | text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8
                    text/plain;version=0.0.4;escaping=values | text/plain; version=0.0.4; charset=utf-8; escaping=values
                    text/plain;escaping=nonsense | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
                    application/openmetrics-text;version=1.0.0;escaping=dots | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=dots
                    """)
    void namesTheEscapingThatWasAskedFor(String accept, String contentType) {
        assertThat(contentType(accept)).isEqualTo(contentType);
    }

    @Test
    void prometheus3GetsOpenMetricsWithItsEscaping() {
        assertThat(contentType("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
            .isEqualTo(OPENMETRICS + "; escaping=allow-utf-8");
    }

    @Test
    void aHostileHeaderIsBounded() {
        assertThat(contentType("a/b,".repeat(100_000) + "text/plain")).isNull();
        assertThat(contentType("\"".repeat(10_001))).isNull();
    }

    private static @Nullable String contentType(@Nullable String accept) {
        ScrapeFormat format = ScrapeFormat.negotiate(accept);
        return (format != null) ? format.contentType() : null;
    }

}
