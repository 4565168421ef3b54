package io.observability.starter.logging;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventCounts}.
 */
class EventCountsTests {

    private static final Level[] LEVELS = { Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR };

    private final EventCounts counts = new EventCounts();

    @Test
    void eachLevelHasItsCount() {
        for (int i = 0; i < LEVELS.length; i++) {
            for (int times = 0; times <= i; times++) {
                this.counts.count(LEVELS[i]);
            }
        }
        for (int i = 0; i < LEVELS.length; i++) {
            assertThat(this.counts.of(LEVELS[i])).as(LEVELS[i].levelStr).isEqualTo(i + 1);
        }
    }

    @Test
    void otherLevelsCountAsTheNearest() {
        this.counts.count(Level.OFF);
        this.counts.count(Level.toLevel(Integer.MIN_VALUE));
        assertThat(this.counts.of(Level.ERROR)).isOne();
        assertThat(this.counts.of(Level.TRACE)).isOne();
    }

}
