package io.observability.starter.logging.autoconfigure;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.logging.line.LineCounts;

/**
 * What had to be done to lines to keep them whole, as
 * {@code observability_log_altered_total}.
 */
final class LineMeters implements MeterBinder {

    private final RunningLines lines;

    LineMeters(RunningLines lines) {
        this.lines = lines;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "renamed_field", (running) -> running.sum(LineCounts::renamedFields));
        counter(registry, "cut_line", (running) -> running.sum(LineCounts::cutLines));
        counter(registry, "failed_value", (running) -> running.sum(LineCounts::failedValues));
        counter(registry, "minimal_line", (running) -> running.sum(LineCounts::minimalLines));
        counter(registry, "redacted_value", (running) -> running.sum(LineCounts::maskedValues));
        counter(registry, "failed_event", RunningLines::failedEvents);
    }

    private void counter(MeterRegistry registry, String what, ToDoubleFunction<RunningLines> count) {
        FunctionCounter.builder("observability.log.altered", this.lines, count)
            .description("Log lines or fields that were changed to keep the line whole")
            .tag("what", what)
            .register(registry);
    }

}
