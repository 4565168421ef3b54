package io.observability.sample.shop.failure;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets requests wait, fail, break off or leave a series behind.
 */
final class FailureInterceptor implements HandlerInterceptor {

    private final Failures failures;

    private final MeterRegistry registry;

    FailureInterceptor(Failures failures, MeterRegistry registry) {
        this.failures = failures;
        this.registry = registry;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
        if (hit(FailureKind.LABEL_LEAK, request) != null) {
            leak(request);
        }
        Failure latency = hit(FailureKind.LATENCY, request);
        if (latency != null) {
            Thread.sleep(latency.delay().toMillis());
        }
        if (hit(FailureKind.ERRORS, request) != null) {
            throw new InjectedFailureException("The shop fails on demand");
        }
        if (hit(FailureKind.BROKEN_RESPONSE, request) != null) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().print("{\"id\":");
            response.flushBuffer();
            throw new InjectedFailureException("The shop breaks off on demand, after its response began");
        }
        return true;
    }

    // Each value is whatever the client likes.
    private void leak(HttpServletRequest request) {
        String visitor = Objects.requireNonNullElse(request.getHeader("X-Visitor"), "nobody");
        this.registry.counter("shop.visitors", "visitor", visitor).increment();
        this.registry
            .counter("shop.visits", "visitor", visitor, "host", request.getServerName(), "method", request.getMethod())
            .increment();
    }

    private @Nullable Failure hit(FailureKind kind, HttpServletRequest request) {
        Failure failure = this.failures.find(kind);
        if (failure == null || !request.getServletPath().startsWith(failure.path())) {
            return null;
        }
        return (ThreadLocalRandom.current().nextDouble() < failure.share()) ? failure : null;
    }

}
