package io.observability.starter.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointPathTests {

    @ParameterizedTest
    @CsvSource({ "/actuator, /actuator, true", "/actuator, /actuator/health, true", "/actuator, /actuatorish, true",
            "/actuator, /%61ctuator/health, true", "/actuator, /actuator;a=b/health, true",
            "/actuator, /a;b/actuator, true", "/actuator, /, false", "/actuator, '', false", "/actuator, /act, false",
            "/actuator, /hello/actuator, false", "/actuator, //actuator, false", "/actuator, /ACTUATOR, false",
            "'', /hello, true", "'', '', true" })
    void doubtIsLeftToTheMapping(String base, String path, boolean may) {
        assertThat(new EndpointPath(base).mayHave(path)).isEqualTo(may);
    }

}
