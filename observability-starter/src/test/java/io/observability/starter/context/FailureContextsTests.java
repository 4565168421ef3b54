package io.observability.starter.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FailureContexts}.
 */
class FailureContextsTests {

    private static final Map<String, String> FIRST = Map.of("request_id", "r-1", "trace_id", "t-1");

    private static final Map<String, String> SECOND = Map.of("request_id", "r-2");

    @Test
    void findsNothingForAnExceptionThatDidNotEscape() {
        FailureContexts.remember(new IllegalStateException(), FIRST);
        assertThat(FailureContexts.find(new IllegalStateException())).isNull();
        assertThat(FailureContexts.find(null)).isNull();
    }

    @Test
    void findsTheRequestOfAnExceptionAndOfItsCauses() {
        Exception root = new IllegalArgumentException("root");
        Exception middle = new IllegalStateException("middle", root);
        Exception outer = new RuntimeException("outer", middle);
        FailureContexts.remember(outer, FIRST);
        assertThat(FailureContexts.find(outer)).isEqualTo(FIRST);
        assertThat(FailureContexts.find(middle)).isEqualTo(FIRST);
        assertThat(FailureContexts.find(root)).isEqualTo(FIRST);
    }

    @Test
    void equalExceptionsAreDifferentExceptions() {
        Throwable one = new AlwaysEqual();
        Throwable other = new AlwaysEqual();
        FailureContexts.remember(one, FIRST);
        FailureContexts.remember(other, SECOND);
        assertThat(FailureContexts.find(one)).isEqualTo(FIRST);
        assertThat(FailureContexts.find(other)).isEqualTo(SECOND);
    }

    @Test
    void theLastRequestOnAThreadWins() {
        Exception shared = new IllegalStateException("made once");
        FailureContexts.remember(shared, FIRST);
        FailureContexts.remember(shared, SECOND);
        assertThat(FailureContexts.find(shared)).isEqualTo(SECOND);
    }

    @Test
    void sharedExceptionDoesNotLendIdsToAnotherThread() throws Exception {
        Exception shared = new IllegalStateException("made once");
        FailureContexts.remember(shared, FIRST);
        onNewThread(() -> {
            assertThat(FailureContexts.find(shared)).isNull();
            FailureContexts.remember(shared, SECOND);
            assertThat(FailureContexts.find(shared)).isEqualTo(SECOND);
            return null;
        });
        assertThat(FailureContexts.find(shared)).isEqualTo(FIRST);
    }

    @Test
    void causesThatFormARingEnd() {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        one.initCause(two);
        FailureContexts.remember(one, FIRST);
        assertThat(FailureContexts.find(one)).isEqualTo(FIRST);
        assertThat(FailureContexts.find(two)).isEqualTo(FIRST);
    }

    @Test
    void causesBeyondTheBoundAreNotRemembered() {
        List<Exception> chain = new ArrayList<>();
        Exception last = null;
        for (int i = 0; i <= FailureContexts.MAX_CAUSES; i++) {
            last = new IllegalStateException("no " + i, last);
            chain.add(0, last);
        }
        FailureContexts.remember(chain.get(0), FIRST);
        assertThat(FailureContexts.find(chain.get(FailureContexts.MAX_CAUSES - 1))).isEqualTo(FIRST);
        assertThat(FailureContexts.find(chain.get(FailureContexts.MAX_CAUSES))).isNull();
    }

    @Test
    void laterChangesOfTheMapAreNotSeen() {
        Exception failure = new IllegalStateException();
        Map<String, String> context = new java.util.HashMap<>(FIRST);
        FailureContexts.remember(failure, context);
        context.clear();
        assertThat(FailureContexts.find(failure)).isEqualTo(FIRST);
    }

    @Test
    void whenFullTheOldestGivesWay() {
        List<Exception> kept = new ArrayList<>();
        for (int i = 0; i < FailureContexts.MAX_REMEMBERED + 100; i++) {
            Exception failure = new IllegalStateException();
            kept.add(failure);
            FailureContexts.remember(failure, FIRST);
        }
        assertThat(FailureContexts.size()).isLessThanOrEqualTo(FailureContexts.MAX_REMEMBERED);
        assertThat(FailureContexts.find(kept.get(0))).isNull();
        assertThat(FailureContexts.find(kept.get(kept.size() - 1))).isEqualTo(FIRST);
    }

    @Test
    void collectedExceptionsLeaveNothingBehind() {
        List<Exception> kept = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Exception failure = new IllegalStateException();
            FailureContexts.remember(failure, FIRST);
            if (i % 100 == 0) {
                kept.add(failure);
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return FailureContexts.size() < 500;
        });
        assertThat(kept).allSatisfy((failure) -> assertThat(FailureContexts.find(failure)).isEqualTo(FIRST));
    }

    @Test
    void manyThreadsFindTheirOwnRequestAndNoOther() throws Exception {
        int threads = 8;
        Exception shared = new IllegalStateException("made once");
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "thread-" + thread;
                wrong.add(pool.submit(() -> {
                    start.await();
                    int count = 0;
                    for (int i = 0; i < 500; i++) {
                        Map<String, String> mine = Map.of("request_id", name + "-" + i);
                        Exception own = new RuntimeException(shared);
                        FailureContexts.remember(own, mine);
                        // The other threads make at most 7 others meanwhile, far below
                        // the bound.
                        if (!mine.equals(FailureContexts.find(own))) {
                            count++;
                        }
                        Map<String, String> ofShared = FailureContexts.find(shared);
                        if (ofShared != null && !ofShared.equals(mine)) {
                            count++;
                        }
                    }
                    return count;
                }));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        }
        finally {
            pool.shutdownNow();
        }
        assertThat(FailureContexts.size()).isLessThanOrEqualTo(FailureContexts.MAX_REMEMBERED + threads);
    }

    private static void onNewThread(Callable<Void> action) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(action).get();
        }
        finally {
            thread.shutdownNow();
        }
    }

    private static final class AlwaysEqual extends RuntimeException {

        @Override
        public boolean equals(Object other) {
            return other instanceof AlwaysEqual;
        }

        @Override
        public int hashCode() {
            return 1;
        }

    }

}
