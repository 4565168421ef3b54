package io.observability.starter.context.servlet;

import java.util.Map;

import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIds;
import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link RequestIdFilter}.
 */
class RequestIdFilterTests {

    private final RequestIdFilter filter = new RequestIdFilter(
            new IncomingContext("X-Request-Id", true, true, HeaderTags.NONE));

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void whatWasThereBeforeIsThereAfterwards() throws Exception {
        MDC.put("request_id", "outer");
        this.filter.doFilter(this.request, this.response,
                (request, response) -> assertThat(RequestIds.current()).isNotEqualTo("outer"));
        assertThat(RequestIds.current()).isEqualTo("outer");
    }

    @Test
    void nothingIsThereAfterAFailure() {
        FilterChain failing = (request, response) -> {
            throw new IllegalStateException("expected");
        };
        assertThatIllegalStateException().isThrownBy(() -> this.filter.doFilter(this.request, this.response, failing));
        assertThat(RequestIds.current()).isNull();
    }

    @Test
    void failureIsRememberedWithTheIdUnlessMoreIsKnown() {
        IllegalStateException shared = new IllegalStateException("made once");
        this.request.addHeader("X-Request-Id", "r-1");
        assertThatIllegalStateException().isThrownBy(() -> this.filter.doFilter(this.request, this.response, (r, s) -> {
            FailureContexts.remember(shared, Map.of("request_id", "r-1", "trace_id", "t-1"));
            throw shared;
        }));
        assertThat(FailureContexts.find(shared)).containsEntry("trace_id", "t-1");
        MockHttpServletRequest next = new MockHttpServletRequest();
        next.addHeader("X-Request-Id", "r-2");
        assertThatIllegalStateException().isThrownBy(() -> this.filter.doFilter(next, this.response, (r, s) -> {
            throw shared;
        }));
        assertThat(FailureContexts.find(shared)).isEqualTo(Map.of("request_id", "r-2"));
    }

    @Test
    void committedResponseIsLeftAsItIs() throws Exception {
        this.response.setCommitted(true);
        this.filter.doFilter(this.request, this.response, (request, response) -> {
        });
        assertThat(this.response.getHeaderNames()).isEmpty();
    }

}
