package io.observability.starter.context;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ContextField}.
 */
class ContextFieldTests {

    @Test
    void namesAreAContract() {
        assertThat(ContextField.values()).extracting(ContextField::key)
            .containsExactly("trace_id", "span_id", "request_id");
    }

}
