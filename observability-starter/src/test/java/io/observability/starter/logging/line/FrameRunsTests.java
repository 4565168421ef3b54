package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.observability.starter.logging.redaction.Redaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameRunsTests {

    private static final long SEED = 20261126;

    private final FrameCache frames = new FrameCache(64, 512);

    @Test
    void keepsAPartThatCameTwice() {
        FrameRuns runs = new FrameRuns(16, 4096, this.frames);
        assertThat(runs.get(trace(0, 9), 0, 9)).isNull();
        FrameRun kept = runs.get(trace(0, 9), 0, 9);
        assertThat(kept).isNotNull();
        assertThat(runs.get(trace(0, 9), 0, 9)).isSameAs(kept);
    }

    @Test
    void isTheTextAndTheHashOfItsFrames() {
        StackTraceElementProxy[] trace = trace(0, 16);
        FrameRun run = new FrameRun(trace, 0, 16, this.frames);
        StringBuilder text = new StringBuilder();
        int hash = 17;
        for (StackTraceElementProxy frame : trace) {
            text.append("\\tat ").append(frame.getStackTraceElement()).append("\\n");
            hash = StackHash.withFrame(hash, this.frames.get(frame.getStackTraceElement()));
        }
        assertThat(new String(run.bytes)).isEqualTo(text.toString());
        assertThat(run.addTo(17)).isEqualTo(hash);
    }

    @Test
    void isOfNoTraceThatDiffersInOneFrame() {
        StackTraceElement[] changes = { new StackTraceElement("x.Y", "run7", "Type7.java", 57),
                new StackTraceElement("a.Type7", "x", "Type7.java", 57),
                new StackTraceElement("a.Type7", "run7", "X.java", 57),
                new StackTraceElement("a.Type7", "run7", null, 57),
                new StackTraceElement("a.Type7", "run7", "Type7.java", 58) };
        FrameRun run = new FrameRun(trace(0, 16), 0, 16, this.frames);
        assertThat(run.isOf(trace(0, 16), 0, 16)).isTrue();
        assertThat(run.isOf(trace(0, 16), 0, 15)).isFalse();
        for (StackTraceElement change : changes) {
            StackTraceElementProxy[] other = trace(0, 16);
            other[7] = new StackTraceElementProxy(change);
            assertThat(run.isOf(other, 0, 16)).as(change.toString()).isFalse();
        }
    }

    @Test
    void partsOfTracesWithTheSameOuterFramesAreTheSame() {
        for (int length : new int[] { 1, 15, 16, 17, 32, 40, 256 }) {
            List<Integer> ends = new ArrayList<>();
            for (int from = 0; from < length; from = FrameRuns.end(from, length)) {
                ends.add(length - from);
            }
            assertThat(ends.get(0)).isEqualTo(length);
            assertThat(ends.subList(1, ends.size())).allMatch((left) -> left % FrameRuns.FRAMES == 0);
            assertThat(ends.get(ends.size() - 1)).isLessThanOrEqualTo(FrameRuns.FRAMES);
        }
    }

    @Test
    void keepsNoPartThatIsTooLong() {
        FrameRuns runs = new FrameRuns(16, 64, this.frames);
        for (int i = 0; i < 5; i++) {
            assertThat(runs.get(trace(0, 9), 0, 9)).isNull();
        }
    }

    // Of 4 places and 12 failures that differ in one frame, written by 4 threads.
    @Test
    void neverGivesAWrongFrameWhenFullAndRaced() throws Exception {
        FrameRuns runs = new FrameRuns(4, 4096, this.frames);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(SEED + thread);
                work.add(() -> {
                    int found = 0;
                    for (int i = 0; i < 20_000; i++) {
                        StackTraceElementProxy[] trace = trace(0, 8);
                        trace[random.nextInt(4)] = new StackTraceElementProxy(
                                new StackTraceElement("a.Other", "m" + random.nextInt(3), null, 50));
                        FrameRun run = runs.get(trace, 0, 8);
                        if (run != null) {
                            found++;
                            assertThat(new String(run.bytes)).isEqualTo(text(trace));
                        }
                    }
                    return found;
                });
            }
            int found = 0;
            for (Future<Integer> result : threads.invokeAll(work)) {
                found += result.get();
            }
            assertThat(found).as("seed " + SEED).isPositive();
        }
        finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLongTraceReadsTheSameWhetherItsPartsAreKnownOrNot() {
        int salt = 0;
        for (int length : new int[] { 1, 16, 33, 100, 300 }) {
            for (int maxFrames : new int[] { 1, 20, 256 }) {
                for (int maxBytes : new int[] { 1024, 4096, 65_536 }) {
                    StackOptions options = new StackOptions(maxFrames, maxBytes, false, List.of());
                    // Lines that no other trace has.
                    salt += 1000;
                    String first = text(options, length, salt);
                    text(options, length, salt);
                    assertThat(text(options, length, salt)).isEqualTo(first);
                }
            }
        }
    }

    private static String text(StackOptions options, int length, int salt) {
        Exception failure = new IllegalStateException("no");
        failure.setStackTrace(Arrays.stream(trace(salt, length))
            .map(StackTraceElementProxy::getStackTraceElement)
            .toArray(StackTraceElement[]::new));
        StackTraceText text = new StackTraceText(options, new LineBounds(LineOptions.DEFAULT_LINE), Redaction.none(),
                new ThrowableNames(Redaction.none()));
        LineBuffer out = new LineBuffer(64);
        ThrowableProxy proxy = new ThrowableProxy(failure);
        int hash = text.begin(proxy);
        text.append(out, proxy, 0, 0, Integer.MAX_VALUE);
        return hash + " " + out;
    }

    private static String text(StackTraceElementProxy[] trace) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElementProxy frame : trace) {
            text.append("\\tat ").append(frame.getStackTraceElement()).append("\\n");
        }
        return text.toString();
    }

    private static StackTraceElementProxy[] trace(int salt, int length) {
        StackTraceElementProxy[] trace = new StackTraceElementProxy[length];
        for (int i = 0; i < length; i++) {
            trace[i] = new StackTraceElementProxy(new StackTraceElement("a.Type" + i, "run" + i,
                    (i % 5 == 4) ? null : "Type" + i + ".java", salt + 50 + i));
        }
        return trace;
    }

}
