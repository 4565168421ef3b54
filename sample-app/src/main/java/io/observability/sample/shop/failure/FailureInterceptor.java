package io.observability.sample.shop.failure;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets requests wait, fail or break off.
 */
final class FailureInterceptor implements HandlerInterceptor {

    private final Failures failures;

    FailureInterceptor(Failures failures) {
        this.failures = failures;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
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

    private @Nullable Failure hit(FailureKind kind, HttpServletRequest request) {
        Failure failure = this.failures.find(kind);
        if (failure == null || !request.getServletPath().startsWith(failure.path())) {
            return null;
        }
        return (ThreadLocalRandom.current().nextDouble() < failure.share()) ? failure : null;
    }

}
