package io.observability.starter.logging.ring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LineRing}.
 */
class LineRingTests {

    private static final int PRODUCERS = 4;

    private static final int LINES = 20_000;

    private static final int HEADER = 6;

    @Test
    void takesTheLinesOfABatchTogether() {
        LineRing ring = new LineRing(2, 64);
        offer(ring, "one\n", 0);
        offer(ring, "second\n", 0);
        assertThat(ring.queuedLines()).isEqualTo(2);
        assertThat(ring.take()).isTrue();
        assertThat(batch(ring)).isEqualTo("one\nsecond\n");
        assertThat(ring.batchLines()).isEqualTo(2);
        assertThat(ring.batchLineEnd(0)).isEqualTo(4);
        assertThat(ring.batchLineEnd(1)).isEqualTo(11);
        ring.release();
        assertThat(ring.queuedLines()).isZero();
        assertThat(ring.take()).isFalse();
    }

    @Test
    void takesABatchAgainUntilItIsReleased() {
        LineRing ring = new LineRing(2, 64);
        offer(ring, "kept\n", 0);
        assertThat(ring.take()).isTrue();
        offer(ring, "later\n", 0);
        assertThat(ring.take()).isTrue();
        assertThat(batch(ring)).isEqualTo("kept\n");
        assertThat(ring.queuedLines()).isEqualTo(2);
        ring.release();
        assertThat(ring.take()).isTrue();
        assertThat(batch(ring)).isEqualTo("later\n");
    }

    @Test
    void refusesWhatDoesNotFit() {
        LineRing ring = new LineRing(2, 8);
        assertThat(offer(ring, "123456789", 0)).isEqualTo(LineRing.REFUSED);
        assertThat(offer(ring, "12345678", 0)).isNotEqualTo(LineRing.REFUSED);
        assertThat(offer(ring, "12345678", 0)).isNotEqualTo(LineRing.REFUSED);
        assertThat(offer(ring, "1", 0)).isEqualTo(LineRing.REFUSED);
        assertThat(ring.queuedLines()).isEqualTo(2);
        assertThat(ring.fillRatio()).isEqualTo(1);
    }

    @Test
    void keepsTheReserveForWhoMayHaveIt() {
        LineRing ring = new LineRing(2, 8);
        assertThat(offer(ring, "12345678", 1)).isNotEqualTo(LineRing.REFUSED);
        assertThat(offer(ring, "1", 1)).isEqualTo(LineRing.REFUSED);
        assertThat(offer(ring, "1", 0)).isNotEqualTo(LineRing.REFUSED);
    }

    @Test
    void endsASegmentThatHasTooManyTinyLines() {
        LineRing ring = new LineRing(2, 64);
        for (int i = 0; i < 32; i++) {
            assertThat(offer(ring, "\n", 0)).isNotEqualTo(LineRing.REFUSED);
        }
        assertThat(offer(ring, "\n", 0)).isEqualTo(LineRing.REFUSED);
        assertThat(ring.queuedLines()).isEqualTo(32);
    }

    @Test
    void tellsWhenALineIsDrained() {
        LineRing ring = new LineRing(4, 16);
        long mark = offer(ring, "first\n", 0);
        assertThat(ring.isDrained(mark)).isFalse();
        assertThat(ring.take()).isTrue();
        assertThat(ring.isDrained(mark)).isFalse();
        ring.release();
        assertThat(ring.isDrained(mark)).isTrue();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void refusesAllOnceSealedAndStillGivesWhatItHas() {
        LineRing ring = new LineRing(4, 16);
        long mark = offer(ring, "before\n", 0);
        ring.seal();
        ring.seal();
        assertThat(offer(ring, "after\n", 0)).isEqualTo(LineRing.REFUSED);
        assertThat(ring.isDrained(mark)).isFalse();
        assertThat(ring.take()).isTrue();
        assertThat(batch(ring)).isEqualTo("before\n");
        ring.release();
        assertThat(ring.isDrained(mark)).isTrue();
        assertThat(ring.take()).isFalse();
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.queuedLines()).isZero();
    }

    @Test
    void sealsAnEmptyRing() {
        LineRing ring = new LineRing(4, 16);
        ring.seal();
        assertThat(ring.take()).isFalse();
        assertThat(offer(ring, "after\n", 0)).isEqualTo(LineRing.REFUSED);
    }

    @Test
    void goesRoundManyTimes() {
        LineRing ring = new LineRing(2, 16);
        for (int i = 0; i < 1000; i++) {
            String line = i + "\n";
            assertThat(offer(ring, line, 0)).isNotEqualTo(LineRing.REFUSED);
            assertThat(ring.take()).isTrue();
            assertThat(batch(ring)).isEqualTo(line);
            ring.release();
        }
        assertThat(ring.fillRatio()).isZero();
    }

    @Test
    void segmentsAreAPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LineRing(3, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> new LineRing(1, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> new LineRing(2, 0));
    }

    @RepeatedTest(5)
    void neverLosesTearsDoublesOrReordersUnderContention() throws Exception {
        LineRing ring = new LineRing(4, 4096);
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicBoolean sealed = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + 1);
        try {
            Future<Long> writer = threads.submit(() -> drain(ring, sealed));
            List<Future<?>> producers = new ArrayList<>();
            for (int id = 0; id < PRODUCERS; id++) {
                int producer = id;
                producers.add(threads.submit(() -> produce(ring, producer, accepted, refused)));
            }
            // Sealed while all are at work, so that late offers meet it.
            while (accepted.get() + refused.get() < PRODUCERS * LINES * 3L / 4) {
                Thread.onSpinWait();
            }
            ring.seal();
            sealed.set(true);
            for (Future<?> producer : producers) {
                producer.get(30, TimeUnit.SECONDS);
            }
            assertThat(writer.get(30, TimeUnit.SECONDS)).isEqualTo(accepted.get());
            assertThat(accepted.get() + refused.get()).isEqualTo((long) PRODUCERS * LINES);
            assertThat(ring.queuedLines()).isZero();
        }
        finally {
            threads.shutdownNow();
        }
    }

    private static void produce(LineRing ring, int producer, AtomicLong accepted, AtomicLong refused) {
        byte[] line = new byte[64];
        for (int i = 0; i < LINES; i++) {
            int length = HEADER + 3 + ((i * 7) & 31);
            line[0] = (byte) length;
            line[1] = (byte) producer;
            for (int k = 0; k < 4; k++) {
                line[2 + k] = (byte) (i >>> (8 * k));
            }
            Arrays.fill(line, HEADER, length, (byte) i);
            ((ring.offer(line, 0, length, i & 1) != LineRing.REFUSED) ? accepted : refused).incrementAndGet();
        }
    }

    private static long drain(LineRing ring, AtomicBoolean sealed) {
        int[] last = new int[PRODUCERS];
        Arrays.fill(last, -1);
        long drained = 0;
        while (true) {
            boolean end = sealed.get();
            if (ring.take()) {
                drained += read(ring, last);
                ring.release();
            }
            else if (end) {
                return drained;
            }
        }
    }

    private static int read(LineRing ring, int[] last) {
        byte[] bytes = ring.batch();
        int start = 0;
        for (int line = 0; line < ring.batchLines(); line++) {
            int end = ring.batchLineEnd(line);
            assertThat(end - start).isEqualTo(bytes[start]);
            int number = 0;
            for (int k = 0; k < 4; k++) {
                number |= (bytes[start + 2 + k] & 0xff) << (8 * k);
            }
            for (int k = start + HEADER; k < end; k++) {
                assertThat(bytes[k] == (byte) number).isTrue();
            }
            int producer = bytes[start + 1];
            assertThat(number).isGreaterThan(last[producer]);
            last[producer] = number;
            start = end;
        }
        assertThat(start).isEqualTo(ring.batchLength());
        return ring.batchLines();
    }

    private static long offer(LineRing ring, String line, int reserved) {
        byte[] bytes = ("xx" + line).getBytes(StandardCharsets.UTF_8);
        return ring.offer(bytes, 2, bytes.length - 2, reserved);
    }

    private static String batch(LineRing ring) {
        return new String(ring.batch(), 0, ring.batchLength(), StandardCharsets.UTF_8);
    }

}
