package io.observability.starter.pipeline.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.PipelineSource;
import io.observability.starter.pipeline.WriteTimes;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint {@code pipeline}: where each signal goes, what went through, what is
 * queued, and what was lost and why. Not exposed unless asked for, as every endpoint but
 * {@code health}.
 *
 * @since 0.1.0
 */
@Endpoint(id = "pipeline")
public final class PipelineEndpoint {

    private final Supplier<List<PipelineSource>> sources;

    /**
     * Create an endpoint.
     * @param sources who keeps account, asked for each call
     */
    public PipelineEndpoint(Supplier<List<PipelineSource>> sources) {
        this.sources = sources;
    }

    /**
     * The ledger now.
     * @return a path per signal and destination
     */
    @ReadOperation
    public Pipeline pipeline() {
        return new Pipeline(this.sources.get()
            .stream()
            .flatMap((source) -> source.entries().stream())
            .map(PipelineEndpoint::path)
            .toList());
    }

    private static Path path(LedgerEntry entry) {
        Map<String, Long> reasons = new TreeMap<>();
        entry.lost().forEach((reason, count) -> {
            if (count > 0) {
                reasons.put(reason.id(), count);
            }
        });
        LossReason problem = entry.problem();
        return new Path(entry.signal(), entry.destination(), (problem != null) ? problem.id() : "ok", entry.made(),
                entry.written(), entry.queued(), entry.lostInAll(), reasons, entry.writtenBytes(), entry.fillRatio(),
                writes(entry.writes()));
    }

    private static Writes writes(WriteTimes times) {
        long mean = (times.count() > 0) ? times.totalNanos() / times.count() : 0;
        return new Writes(times.count(), TimeUnit.NANOSECONDS.toMicros(mean),
                TimeUnit.NANOSECONDS.toMicros(times.maxNanos()), TimeUnit.NANOSECONDS.toMicros(times.lastNanos()));
    }

    /**
     * Body of the endpoint.
     *
     * @param paths where telemetry goes
     */
    public record Pipeline(List<Path> paths) {

    }

    /**
     * One signal on its way to one destination; while nothing is under way
     * {@code made = written + queued + lost}.
     *
     * @param signal kind of telemetry
     * @param destination where it goes
     * @param state {@code ok}, or why the destination takes nothing
     * @param made units that were to be written
     * @param written units that the destination took
     * @param queued units that wait
     * @param lost units that were lost
     * @param lostByReason the same by reason, as far as there is something to tell
     * @param writtenBytes bytes that the destination took
     * @param fillRatio how full the queue is, from 0 to 1
     * @param writes how long writing takes
     */
    public record Path(String signal, String destination, String state, long made, long written, long queued, long lost,
            Map<String, Long> lostByReason, long writtenBytes, double fillRatio, Writes writes) {

    }

    /**
     * How long writing takes.
     *
     * @param count number of writes
     * @param meanMicros their mean time in microseconds
     * @param maxMicros time of the slowest in microseconds
     * @param lastMicros time of the last one in microseconds
     */
    public record Writes(long count, long meanMicros, long maxMicros, long lastMicros) {

    }

}
