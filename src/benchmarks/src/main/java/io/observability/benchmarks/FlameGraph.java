package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Draws collapsed stacks, as async-profiler writes them, as a flame graph: one picture
 * that a page can show, without scripts.
 */
public final class FlameGraph {

    private static final int WIDTH = 1200;

    private static final int ROW = 16;

    private static final double CHARACTER = 6.2;

    // Narrower than this nobody sees it.
    private static final double NARROWEST = 1.5;

    private final Frame root = new Frame();

    private final String from;

    private FlameGraph(String from) {
        this.from = from;
    }

    /**
     * Draws a picture.
     * @param args file with stacks, file for the picture, title, and the frame that the
     * picture begins at: what is not below it is left out
     * @throws IOException if a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        FlameGraph graph = new FlameGraph(args[3]);
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            graph.add(line);
        }
        Files.writeString(Path.of(args[1]), graph.draw(args[2]));
    }

    private void add(String line) {
        int space = line.lastIndexOf(' ');
        long count = Long.parseLong(line.substring(space + 1));
        List<String> frames = List.of(line.substring(0, space).split(";"));
        Frame frame = null;
        for (String name : frames) {
            if (frame == null && name.contains(this.from)) {
                frame = this.root;
            }
            if (frame != null) {
                frame.count += (frame == this.root) ? count : 0;
                frame = frame.inner.computeIfAbsent(name, (key) -> new Frame());
                frame.count += count;
            }
        }
    }

    private String draw(String title) {
        double share = (double) WIDTH / Math.max(1, this.root.count);
        int depth = depth(this.root, share);
        StringBuilder out = new StringBuilder(64 * 1024);
        int height = (depth + 2) * ROW;
        out.append(text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"monospace\" font-size=\"10\">\n", WIDTH, height, WIDTH, height));
        out.append(text("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<text x=\"4\" y=\"12\">%s</text>\n",
                escape(title)));
        draw(out, this.root, 0, height - ROW, share);
        return out.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder out, Frame frame, double left, int top, double share) {
        double at = left;
        for (Map.Entry<String, Frame> entry : frame.inner.entrySet()) {
            Frame inner = entry.getValue();
            double width = inner.count * share;
            if (width >= NARROWEST) {
                String name = entry.getKey();
                out.append(text(
                        "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
                                + "fill=\"%s\" stroke=\"#fff\" stroke-width=\".5\"/>",
                        escape(name), width / WIDTH * 100, at, top, width, ROW - 1, colour(name)));
                int room = (int) (width / CHARACTER);
                if (room > 2) {
                    String shown = name.substring(name.lastIndexOf('/') + 1);
                    out.append(text("<text x=\"%.1f\" y=\"%d\">%s</text>", at + 2, top + 11,
                            escape((shown.length() <= room) ? shown : shown.substring(0, room - 1) + "…")));
                }
                out.append("</g>\n");
                draw(out, inner, at, top - ROW, share);
            }
            at += width;
        }
    }

    private static int depth(Frame frame, double share) {
        int deepest = 0;
        for (Frame inner : frame.inner.values()) {
            if (inner.count * share >= NARROWEST) {
                deepest = Math.max(deepest, 1 + depth(inner, share));
            }
        }
        return deepest;
    }

    private static String colour(String name) {
        if (name.startsWith("io/observability/starter/")) {
            return "#f6a04d";
        }
        if (name.startsWith("io/micrometer/") || name.startsWith("io/opentelemetry/")
                || name.startsWith("io/prometheus/")) {
            return "#e06c75";
        }
        if (name.contains("logback") || name.contains("logging/") || name.startsWith("org/slf4j/")) {
            return "#c678dd";
        }
        if (name.startsWith("org/springframework/")) {
            return "#98c379";
        }
        return "#c9d1d9";
    }

    private static String escape(@Nullable String text) {
        return String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static final class Frame {

        private final Map<String, Frame> inner = new TreeMap<>();

        private long count;

    }

}
