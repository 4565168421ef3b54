package io.observability.starter.request.servlet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.request.RequestTimes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class DirectRequestFilterTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders/1");

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final MockFilterChain chain = new MockFilterChain();

    private final Counted times = new Counted();

    private final List<Boolean> told = new ArrayList<>();

    private final IncomingContext incoming = new IncomingContext("X-Request-Id", true, true, HeaderTags.NONE);

    @Test
    void tracingThatFailsDoesNotCostTheRequest() throws IOException, ServletException {
        new DirectRequestFilter(new Broken(), this.times, this.incoming, this.told::add).doFilter(this.request,
                this.response, this.chain);
        assertThat(this.chain.getRequest()).isSameAs(this.request);
        assertThat(this.response.getHeader("X-Request-Id")).isNotNull();
        assertThat(this.told).containsExactly(false);
        assertThat(MDC.get("request_id")).isNull();
    }

    @Test
    void scopeAndEndThatFailDoNotCostTheRequest() throws IOException, ServletException {
        new DirectRequestFilter(new BrokenTrace(), this.times, this.incoming, this.told::add).doFilter(this.request,
                this.response, this.chain);
        assertThat(this.chain.getRequest()).isSameAs(this.request);
        assertThat(this.times.ended).isEqualTo(1);
    }

    @Test
    void chainWithinTheChainCountsOnce() throws IOException, ServletException {
        DirectRequestFilter filter = new DirectRequestFilter(new None(), this.times, this.incoming, this.told::add);
        filter.doFilter(this.request, this.response,
                (request, response) -> filter.doFilter(request, response, this.chain));
        assertThat(this.times.begun).isEqualTo(1);
        assertThat(this.told).hasSize(1);
        assertThat(this.times.ended).isEqualTo(1);
        assertThat(this.chain.getRequest()).isSameAs(this.request);
    }

    @Test
    void requestThatIsLeftOutIsToldToNobody() throws IOException, ServletException {
        None tracing = new None() {

            @Override
            public boolean isUntraced(HttpServletRequest request) {
                return true;
            }

        };
        new DirectRequestFilter(tracing, this.times, this.incoming, this.told::add).doFilter(this.request,
                this.response, this.chain);
        assertThat(this.told).isEmpty();
        assertThat(this.chain.getRequest()).isSameAs(this.request);
    }

    @Test
    void withoutRulesForIdsThereAreNone() throws IOException, ServletException {
        new DirectRequestFilter(new None(), null, null, this.told::add).doFilter(this.request, this.response,
                this.chain);
        assertThat(this.response.getHeader("X-Request-Id")).isNull();
    }

    private static class None implements RequestTracing {

        @Override
        public boolean isUntraced(HttpServletRequest request) {
            return false;
        }

        @Override
        public RequestTrace begin(HttpServletRequest request, HttpServletResponse response) {
            return RequestTrace.NONE;
        }

    }

    private static final class Broken extends None {

        @Override
        public RequestTrace begin(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("broken");
        }

    }

    private static final class BrokenTrace extends None {

        @Override
        public RequestTrace begin(HttpServletRequest request, HttpServletResponse response) {
            return new RequestTrace() {

                @Override
                public Scope open() {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void end(@Nullable String pattern, int status, @Nullable Throwable error) {
                    throw new IllegalStateException("broken");
                }

            };
        }

    }

    private static final class Counted implements RequestTimes {

        private int begun;

        private int ended;

        @Override
        public long begin(@Nullable String method, boolean secure) {
            this.begun++;
            return 0;
        }

        @Override
        public void end(long start, @Nullable String method, boolean secure, String route, int code,
                @Nullable Throwable error) {
            this.ended++;
        }

    }

}
