package io.observability.starter.instrumentation;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of {@link SlidingShare}.
 */
class SlidingShareTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    // Any origin: System.nanoTime() may be negative and overflow.
    private static final long START = Long.MAX_VALUE - 100 * SECOND;

    private final SlidingShare share = new SlidingShare(Duration.ofMinutes(5), START);

    @Test
    void isNotANumberWithoutTraffic() {
        assertThat(at(0, 0, 0)).isNaN();
        assertThat(at(10, 5, 5)).isEqualTo(1);
        for (int second = 20; second <= 600; second += 10) {
            at(second, 5, 5);
        }
        assertThat(at(610, 5, 5)).isNaN();
    }

    @Test
    void isTheShareOfTheWindowAlone() {
        // 10 a second: all complete in the first ten minutes, then none.
        for (int second = 0; second <= 600; second += 15) {
            assertThat(at(second, second * 10L, second * 10L)).isIn(1.0, Double.NaN);
        }
        assertThat(at(660, 6600, 6000)).isCloseTo(0.8, within(0.011));
        for (int second = 675; second <= 900; second += 15) {
            at(second, second * 10L, 6000);
        }
        assertThat(at(915, 9150, 6000)).isZero();
    }

    @Test
    void windowIsAtMostOnePartTooLongHoweverOftenItIsRead() {
        long complete = 0;
        for (int tenth = 0; tenth <= 10 * 1200; tenth++) {
            double share = this.share.at(START + tenth * (SECOND / 10), tenth, complete);
            if (tenth > 10 * 600) {
                // Complete for one minute in ten.
                assertThat(share).isBetween(0.0, 0.21);
            }
            complete += (tenth % 6000 < 600) ? 1 : 0;
        }
        // The last complete one was 540 s ago, more than the window and one part.
        assertThat(this.share.at(START + 1200 * SECOND + SECOND / 10, 12001, complete)).isCloseTo(0, within(0.001));
    }

    @Test
    void reachesBackToTheLastReadIfNobodyReadsForLong() {
        at(0, 0, 0);
        at(60, 100, 100);
        assertThat(at(4000, 300, 200)).isEqualTo(0.5);
        assertThat(at(4015, 300, 200)).isEqualTo(0.5);
    }

    @Test
    void beginsAnewWithCountsThatDo() {
        at(0, 0, 0);
        at(60, 1000, 1000);
        assertThat(at(75, 10, 5)).isEqualTo(0.5);
        assertThat(at(90, 20, 5)).isEqualTo(0.25);
    }

    @Test
    void staysWithinItsBoundsWhileTheCountsRise() {
        assertThat(at(1, 10, 12)).isEqualTo(1);
        assertThat(at(20, 10, 12)).isEqualTo(1);
        assertThat(at(400, 20, 11)).isBetween(0.0, 1.0);
    }

    private double at(long second, long expected, long complete) {
        return this.share.at(START + second * SECOND, expected, complete);
    }

}
