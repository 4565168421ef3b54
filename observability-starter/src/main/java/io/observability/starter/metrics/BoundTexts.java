package io.observability.starter.metrics;

import java.util.Arrays;

/**
 * Bounds of buckets as text. Nearly all series of a family have the same, each at the
 * same place. Not thread-safe.
 */
final class BoundTexts {

    private static final int MAX = 256;

    private double[] bounds = new double[16];

    private byte[][] texts = new byte[16][];

    private int size;

    void write(ScrapeText out, int place, double bound) {
        if (place < this.size && Double.doubleToRawLongBits(this.bounds[place]) == Double.doubleToRawLongBits(bound)) {
            byte[] text = this.texts[place];
            out.write(text, 0, text.length);
            return;
        }
        int start = out.size();
        out.number(bound);
        if (place <= this.size && place < MAX) {
            keep(place, bound, out.since(start));
        }
    }

    private void keep(int place, double bound, byte[] text) {
        if (place == this.bounds.length) {
            this.bounds = Arrays.copyOf(this.bounds, 2 * place);
            this.texts = Arrays.copyOf(this.texts, 2 * place);
        }
        this.bounds[place] = bound;
        this.texts[place] = text;
        this.size = Math.max(this.size, place + 1);
    }

}
