package io.observability.starter.logging.line;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.observability.starter.logging.redaction.Redaction;
import io.observability.starter.pipeline.Completeness;

/**
 * What had to be done to keep lines whole, counted since the start. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LineCounts {

    private final LongAdder renamedFields = new LongAdder();

    private final LongAdder cutLines = new LongAdder();

    private final LongAdder failedValues = new LongAdder();

    private final LongAdder minimalLines = new LongAdder();

    private final Redaction redaction;

    private final PresenceCounts presence;

    LineCounts(Redaction redaction, PresenceCounts presence) {
        this.redaction = redaction;
        this.presence = presence;
    }

    /**
     * How many of the lines had the fields that they should have.
     * @return the counts
     */
    public List<Completeness> completeness() {
        return this.presence.completeness();
    }

    /**
     * Fields that got another name because theirs was taken or belongs to the line.
     * @return the number of fields
     */
    public long renamedFields() {
        return this.renamedFields.sum();
    }

    /**
     * Lines of which something was cut or left out because it was too long.
     * @return the number of lines
     */
    public long cutLines() {
        return this.cutLines.sum();
    }

    /**
     * Values that failed while they were written and stand as {@code [FAILED …]}.
     * @return the number of values
     */
    public long failedValues() {
        return this.failedValues.sum();
    }

    /**
     * Lines reduced to level, logger, thread and unformatted message.
     * @return the number of lines
     */
    public long minimalLines() {
        return this.minimalLines.sum();
    }

    /**
     * Secrets that were masked, by the key of their field or where they stood in text.
     * @return the number of secrets
     */
    public long maskedValues() {
        return this.redaction.masked();
    }

    void fieldRenamed() {
        this.renamedFields.increment();
    }

    void lineCut() {
        this.cutLines.increment();
    }

    void valueFailed() {
        this.failedValues.increment();
    }

    void lineMinimal() {
        this.minimalLines.increment();
    }

}
