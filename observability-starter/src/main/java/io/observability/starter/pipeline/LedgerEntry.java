package io.observability.starter.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The account of one signal on its way to one destination. While nothing is under way
 * {@code made = written + queued + lost}, to the unit.
 *
 * @param signal kind of telemetry, such as {@code log}
 * @param destination where it goes, such as {@code stdout}
 * @param made units that were to be written
 * @param written units that the destination took
 * @param queued units that wait
 * @param lost units that were lost, by reason; each reason is there
 * @param writtenBytes bytes that the destination took
 * @param fillRatio how full the queue is, from 0 to 1
 * @param writes how long writing takes
 * @param problem why the destination takes nothing now, or {@code null} if it works
 * @since 0.1.0
 */
public record LedgerEntry(String signal, String destination, long made, long written, long queued,
        Map<LossReason, Long> lost, long writtenBytes, double fillRatio, WriteTimes writes,
        @Nullable LossReason problem) {

    public LedgerEntry {
        Map<LossReason, Long> all = new EnumMap<>(LossReason.class);
        for (LossReason reason : LossReason.values()) {
            all.put(reason, lost.getOrDefault(reason, 0L));
        }
        lost = Collections.unmodifiableMap(all);
    }

    /**
     * Units lost for any reason.
     * @return the sum
     */
    public long lostInAll() {
        long sum = 0;
        for (long count : this.lost.values()) {
            sum += count;
        }
        return sum;
    }

}
