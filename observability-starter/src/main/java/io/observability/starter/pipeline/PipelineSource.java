package io.observability.starter.pipeline;

import java.util.List;

/**
 * A part of the starter that sends telemetry somewhere and keeps account of it. The
 * metrics and the endpoint {@code pipeline} ask each bean of this type, whenever they are
 * asked themselves; implementations are thread-safe and quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PipelineSource {

    /**
     * The accounts now.
     * @return one entry per signal and destination, always in the same order
     */
    List<LedgerEntry> entries();

}
