package io.observability.starter.logging.line;

import java.util.List;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.logging.redaction.Redaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StackTraceText} and {@link StackHash}.
 */
class StackTraceTextTests {

    /** Bytes per exception that Logback has made already. */
    private static final long BYTES_PER_FAILURE = 0;

    @Test
    void writesWhatPrintStackTraceWritesAndCutsCommonFrames() {
        assertThat(text(StackOptions.standard(), failure())).isEqualTo("""
                java.lang.IllegalStateException: outer
                \tat com.example.Shop.sell(Shop.java:12)
                \tat com.example.Web.handle(Web.java:7)
                \tat com.example.Main.main(Main.java)
                Caused by: java.lang.IllegalArgumentException: inner
                \tat com.example.Stock.take(Stock.java:3)
                \tat com.example.Shop.sell(Shop.java:11)
                \t... 2 common frames omitted
                """);
    }

    @Test
    void writesTheRootCauseFirst() {
        assertThat(text(new StackOptions(256, 65_536, true, List.of()), failure())).isEqualTo("""
                java.lang.IllegalArgumentException: inner
                \tat com.example.Stock.take(Stock.java:3)
                \tat com.example.Shop.sell(Shop.java:11)
                \t... 2 common frames omitted
                Wrapped by: java.lang.IllegalStateException: outer
                \tat com.example.Shop.sell(Shop.java:12)
                \tat com.example.Web.handle(Web.java:7)
                \tat com.example.Main.main(Main.java)
                """);
    }

    @Test
    void boundsAndCollapsesFrames() {
        assertThat(text(new StackOptions(1, 65_536, false, List.of()), failure())).isEqualTo("""
                java.lang.IllegalStateException: outer
                \tat com.example.Shop.sell(Shop.java:12)
                \t... 2 frames cut
                Caused by: java.lang.IllegalArgumentException: inner
                \tat com.example.Stock.take(Stock.java:3)
                \t... 1 frames cut
                """);
        assertThat(
                text(new StackOptions(256, 65_536, false, List.of("com.example.Web", "com.example.Main")), failure()))
            .contains("(Shop.java:12)\n\t... 2 frames collapsed\nCaused by");
    }

    @Test
    void keepsTheRootCauseOfAChainThatIsTooLong() {
        Throwable failure = new IllegalStateException("root");
        for (int i = 0; i < 100; i++) {
            failure = new IllegalStateException("cause " + i, failure);
        }
        for (boolean rootFirst : new boolean[] { true, false }) {
            StackOptions options = new StackOptions(2, 4096, rootFirst, List.of());
            String text = text(options, failure);
            assertThat(text).contains("IllegalStateException: root\n").contains(" causes cut").hasSizeLessThan(4096);
        }
    }

    @Test
    void masksSecretsInTheMessages() {
        assertThat(text(StackOptions.standard(), new IllegalStateException("password=hunter2 for bob")))
            .startsWith("java.lang.IllegalStateException: password=*** for bob\n");
    }

    @Test
    void theHashStaysWhenMessagesAndLinesChange() {
        Exception one = new IllegalStateException("a");
        one.setStackTrace(new StackTraceElement[] { new StackTraceElement("A", "m", "A.java", 1) });
        Exception two = new IllegalStateException("b");
        two.setStackTrace(new StackTraceElement[] { new StackTraceElement("jdk.proxy2.$Proxy7", "x", null, -1),
                new StackTraceElement("A", "m", "A.java", 2) });
        Exception three = new IllegalStateException("a");
        three.setStackTrace(new StackTraceElement[] { new StackTraceElement("A", "n", "A.java", 1) });
        assertThat(hash(one)).isEqualTo(hash(two)).isNotEqualTo(hash(three));
        assertThat(hash(one)).isEqualTo(hashFrameByFrame(one));
        // What a dashboard kept must be found again by the next release.
        assertThat(hash(one)).isEqualTo(expectedHash());
        assertThat(hash(failure())).isEqualTo(hashFrameByFrame(failure()));
    }

    @Test
    void aCacheThatIsFullOrRacedStillGivesTheRightFrame() {
        FrameCache cache = new FrameCache(2, 64);
        for (int i = 0; i < 1000; i++) {
            StackTraceElement frame = new StackTraceElement("T" + i % 7, "m" + i % 5, (i % 3 == 0) ? null : "F.java",
                    i % 11 - 2);
            assertThat(new String(cache.get(frame).bytes)).isEqualTo("\\tat " + frame + "\\n");
        }
        StackTraceElement huge = new StackTraceElement("T".repeat(100), "m", null, -1);
        assertThat(cache.get(huge)).isNotSameAs(cache.get(huge));
    }

    @Test
    void refusesOptionsOutsideOfTheirRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StackOptions(0, 65_536, false, List.of()))
            .withMessageContaining("maxFrames is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new StackOptions(1, 262_145, false, List.of()))
            .withMessageContaining("maxBytes is 262145");
    }

    @Test
    void allocatesNothing() {
        StackTraceText text = stackTraceText(StackOptions.standard(), Redaction.standard());
        ThrowableProxy proxy = new ThrowableProxy(failure());
        LineBuffer out = new LineBuffer(16 * 1024);
        assertThat(AllocatedBytes.perRun(() -> {
            out.truncate(0);
            text.begin(proxy);
            text.append(out, proxy, 0, 0, Integer.MAX_VALUE);
        })).isLessThanOrEqualTo(BYTES_PER_FAILURE);
    }

    private static int expectedHash() {
        int hash = 31 + "java.lang.IllegalStateException".hashCode();
        hash = 31 * hash + "A".hashCode();
        return 31 * hash + "m".hashCode();
    }

    private static StackTraceText stackTraceText(StackOptions options, Redaction redaction) {
        return new StackTraceText(options, new LineBounds(LineOptions.DEFAULT_LINE), redaction,
                new ThrowableNames(redaction));
    }

    private static int hash(Throwable failure) {
        return stackTraceText(StackOptions.standard(), Redaction.none()).begin(new ThrowableProxy(failure));
    }

    private static String text(StackOptions options, Throwable failure) {
        StackTraceText text = stackTraceText(options, Redaction.standard());
        LineBuffer out = new LineBuffer(64);
        ThrowableProxy proxy = new ThrowableProxy(failure);
        text.begin(proxy);
        text.append(out, proxy, 0, 0, Integer.MAX_VALUE);
        return EncodedLog.STRICT.readTree("\"" + out + "\"").asString();
    }

    private static Throwable failure() {
        StackTraceElement web = new StackTraceElement("com.example.Web", "handle", "Web.java", 7);
        StackTraceElement main = new StackTraceElement("com.example.Main", "main", "Main.java", -1);
        Exception inner = new IllegalArgumentException("inner");
        inner.setStackTrace(
                new StackTraceElement[] { new StackTraceElement("com.example.Stock", "take", "Stock.java", 3),
                        new StackTraceElement("com.example.Shop", "sell", "Shop.java", 11), web, main });
        Exception outer = new IllegalStateException("outer", inner);
        outer.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("com.example.Shop", "sell", "Shop.java", 12), web, main });
        return outer;
    }

    private static int hashFrameByFrame(Throwable failure) {
        int hash = 1;
        IThrowableProxy current = new ThrowableProxy(failure);
        for (int i = 0; current != null && !current.isCyclic() && i < LineLimits.CAUSES; i++) {
            String type = current.getClassName();
            hash = StackHash.withException(hash, (type != null) ? type : "null");
            StackTraceElementProxy[] frames = current.getStackTraceElementProxyArray();
            int own = (frames != null) ? Math.min(frames.length - current.getCommonFrames(), LineLimits.FRAMES) : 0;
            for (int frame = 0; frame < own; frame++) {
                hash = StackHash.withFrame(hash, FrameCache.SHARED.get(frames[frame].getStackTraceElement()));
            }
            current = current.getCause();
        }
        return hash;
    }

}
