package io.observability.sample.shop.failure;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Actuator endpoint {@code failures}: begins and ends failures. There only with
 * {@code shop.failures.enabled=true}.
 */
@WebEndpoint(id = "failures")
class FailuresEndpoint {

    private static final int FORBIDDEN = 403;

    private static final Duration MAX_DURATION = Duration.ofMinutes(10);

    private static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private final Failures failures;

    private final OperatorGate gate;

    private final Clock clock;

    FailuresEndpoint(Failures failures, OperatorGate gate, Clock clock) {
        this.failures = failures;
        this.gate = gate;
        this.clock = clock;
    }

    @ReadOperation
    WebEndpointResponse<List<Failure>> list() {
        return guarded(this.failures::all);
    }

    @WriteOperation
    WebEndpointResponse<List<Failure>> begin(@Selector FailureKind kind, @Nullable Duration duration,
            @Nullable Double share, @Nullable String path, @Nullable Duration delay, @Nullable Integer rate,
            @Nullable Integer lines, @Nullable Integer threads, @Nullable Integer visitors,
            @Nullable Integer heapPercent) {
        return guarded(() -> {
            Duration lasts = within("duration", duration, Duration.ofSeconds(30), Duration.ofMillis(1), MAX_DURATION);
            Failure failure = new Failure(kind, this.clock.instant().plus(lasts), within("share", share, 1.0, 0.0, 1.0),
                    (path != null) ? path : "/api/",
                    within("delay", delay, Duration.ofMillis(500), Duration.ZERO, MAX_DELAY),
                    within("rate", rate, 1000, 1, 10_000), within("lines", lines, 10_000, 1, 1_000_000),
                    within("threads", threads, 4, 1, 16), within("visitors", visitors, 1000, 1, 20_000),
                    heapPercent(heapPercent));
            this.failures.begin(failure);
            return this.failures.all();
        });
    }

    @DeleteOperation
    WebEndpointResponse<List<Failure>> end(@Selector FailureKind kind) {
        return guarded(() -> {
            this.failures.end(kind);
            return this.failures.all();
        });
    }

    private <T> WebEndpointResponse<T> guarded(Supplier<T> operation) {
        return this.gate.isOpen() ? new WebEndpointResponse<>(operation.get()) : new WebEndpointResponse<>(FORBIDDEN);
    }

    private static int heapPercent(@Nullable Integer value) {
        return (value != null && value == MemoryPressure.EVERYTHING) ? value : within("heapPercent", value, 60, 1, 85);
    }

    private static <T extends Comparable<T>> T within(String name, @Nullable T value, T standard, T min, T max) {
        T chosen = (value != null) ? value : standard;
        // NaN is greater than every other number here, so it is out of range.
        if (chosen.compareTo(min) < 0 || chosen.compareTo(max) > 0) {
            String range = "'%s' must be from %s to %s".formatted(name, min, max);
            throw new InvalidEndpointRequestException(range, range);
        }
        return chosen;
    }

}
