package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lends what a body grows in, so that a scrape leaves nothing behind but its body. One is
 * kept; whoever comes while it is lent gets a new one. Thread-safe.
 */
final class ScrapeTexts {

    /** What is kept may be this large: the body of some 20,000 series. */
    private static final int MAX_KEPT = 2 * 1024 * 1024;

    private final AtomicReference<@Nullable ScrapeText> kept = new AtomicReference<>();

    private volatile int lastSize;

    ScrapeText take() {
        ScrapeText text = this.kept.getAndSet(null);
        if (text == null) {
            return new ScrapeText(this.lastSize + this.lastSize / 8);
        }
        text.truncate(0);
        return text;
    }

    void giveBack(ScrapeText text) {
        this.lastSize = text.size();
        if (text.capacity() <= MAX_KEPT && !text.isOversized()) {
            this.kept.set(text);
        }
    }

}
