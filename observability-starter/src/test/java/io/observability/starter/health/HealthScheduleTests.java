package io.observability.starter.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HealthSchedule}.
 */
class HealthScheduleTests {

    private final HealthSchedule schedule = new HealthSchedule(timings(2000), Map.of("*", timings(1), "pools",
            timings(2), "pools/one", timings(3), "po?ls", timings(4), "p*", timings(5)));

    @Test
    void longestPatternCountsAndTheFirstOfTheSameLength() {
        assertThat(this.schedule.of("pools/one")).isEqualTo(timings(3));
        assertThat(this.schedule.of("pools/two")).isEqualTo(timings(4));
        assertThat(this.schedule.of("ping")).isEqualTo(timings(5));
        assertThat(this.schedule.of("db")).isEqualTo(timings(1));
        assertThat(new HealthSchedule(timings(2000), Map.of("db", timings(1))).of("disk")).isEqualTo(timings(2000));
    }

    @Test
    void patternThatNamesNothingIsTold() {
        assertThat(this.schedule.unused(List.of("pools/two", "db"))).containsExactly("pools/one");
    }

    @Test
    void tickIsHalfOfWhatIsShortest() {
        assertThat(this.schedule.tick()).isEqualTo(Duration.ofNanos(500_000));
        assertThat(new HealthSchedule(timings(2000), Map.of()).tick()).isEqualTo(Duration.ofSeconds(1));
    }

    private static HealthTimings timings(long millis) {
        return new HealthTimings(Duration.ofMillis(millis), Duration.ofSeconds(10), Duration.ofSeconds(30), false);
    }

}
