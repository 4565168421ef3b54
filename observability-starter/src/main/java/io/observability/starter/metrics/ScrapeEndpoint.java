package io.observability.starter.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.pipeline.MeterPass;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a scrape: Prometheus text, OpenMetrics or protobuf by {@code Accept},
 * compressed where gzip is accepted, and only the families named by {@code name[]} where
 * there are such parameters. Scrapes may overlap, up to a bound; what the last one cost
 * is a metric. Nothing that records is ever held up. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScrapeEndpoint implements SurfaceEndpoint, MeterBinder {

    private static final Logger logger = LoggerFactory.getLogger(ScrapeEndpoint.class);

    /** Endings of the series of one family. */
    private static final String[] SERIES = { "_total", "_bucket", "_count", "_sum", "_info" };

    private static final String WINDOWED_MAXIMUM = "_max";

    /** Two servers that keep each other company, a person, and one to spare. */
    private static final int MAX_SCRAPES = 4;

    private final Semaphore permits = new Semaphore(MAX_SCRAPES);

    private final ScrapeCost cost = new ScrapeCost();

    private final String path;

    private final PrometheusRegistry registry;

    private final boolean maxima;

    private final AtomicBoolean failureSaid = new AtomicBoolean();

    private final ScrapeTexts texts = new ScrapeTexts();

    private final ScrapeTexts compressedTexts = new ScrapeTexts();

    /**
     * Create an endpoint.
     * @param path where it answers
     * @param registry what it shows
     * @param maxima whether to show the windowed maxima that Micrometer adds to each
     * timer and summary
     */
    public ScrapeEndpoint(String path, PrometheusRegistry registry, boolean maxima) {
        this.path = path;
        this.registry = registry;
        this.maxima = maxima;
    }

    @Override
    public String path() {
        return this.path;
    }

    @Override
    public Audience audience() {
        return Audience.SCRAPER;
    }

    @Override
    public SurfaceResponse answer(SurfaceRequest request) {
        ScrapeFormat format = ScrapeFormat.negotiate(request.header("Accept"));
        if (format == null) {
            return text(406, "Available are: " + ScrapeFormat.AVAILABLE + "\n");
        }
        if (!this.permits.tryAcquire()) {
            this.cost.refused();
            return text(503, "Too many scrapes at once.\n", Map.of("Retry-After", "1"));
        }
        try {
            return scrape(format, request.parameters("name[]"), acceptsGzip(request.header("Accept-Encoding")));
        }
        catch (IOException | RuntimeException ex) {
            if (this.failureSaid.compareAndSet(false, true)) {
                logger.warn("A scrape of {} failed; further failures are not logged", this.path, ex);
            }
            return text(500, "The scrape failed; the application's log says why.\n");
        }
        finally {
            this.permits.release();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        this.cost.bindTo(registry);
    }

    private SurfaceResponse scrape(ScrapeFormat format, List<String> names, boolean gzip) throws IOException {
        long start = System.nanoTime();
        MetricSnapshots snapshots;
        try (MeterPass pass = MeterPass.begin()) {
            snapshots = select(this.registry.scrape(), names);
        }
        byte[] body = body(format, snapshots, gzip);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", format.contentType());
        headers.put("Cache-Control", "no-store");
        headers.put("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        if (names.isEmpty()) {
            this.cost.paid(System.nanoTime() - start, body.length, snapshots);
        }
        return new SurfaceResponse(200, headers, body);
    }

    private byte[] body(ScrapeFormat format, MetricSnapshots snapshots, boolean gzip) throws IOException {
        ScrapeText text = this.texts.take();
        format.writer().write(text, snapshots, format.escaping());
        byte[] body = gzip ? compressed(text) : text.toByteArray();
        this.texts.giveBack(text);
        return body;
    }

    private byte[] compressed(ScrapeText text) throws IOException {
        ScrapeText compressed = this.compressedTexts.take();
        try (OutputStream out = new FastGzip(compressed)) {
            text.writeTo(out);
        }
        byte[] body = compressed.toByteArray();
        this.compressedTexts.giveBack(compressed);
        return body;
    }

    private MetricSnapshots select(MetricSnapshots all, List<String> names) {
        Set<String> distributions = this.maxima ? Set.of() : distributions(all);
        List<MetricSnapshot> selected = new ArrayList<>(all.size());
        for (MetricSnapshot snapshot : all) {
            String family = snapshot.getMetadata().getPrometheusName();
            boolean maximum = snapshot instanceof GaugeSnapshot && family.endsWith(WINDOWED_MAXIMUM)
                    && distributions.contains(family.substring(0, family.length() - WINDOWED_MAXIMUM.length()));
            if (!maximum && (names.isEmpty() || isNamed(family, names))) {
                selected.add(snapshot);
            }
        }
        return (selected.size() < all.size()) ? new MetricSnapshots(selected) : all;
    }

    private static Set<String> distributions(MetricSnapshots all) {
        Set<String> names = new HashSet<>();
        for (MetricSnapshot snapshot : all) {
            if (snapshot instanceof HistogramSnapshot || snapshot instanceof SummarySnapshot) {
                names.add(snapshot.getMetadata().getPrometheusName());
            }
        }
        return names;
    }

    private static boolean isNamed(String family, List<String> names) {
        for (String name : names) {
            if (name.startsWith(family) && (name.length() == family.length() || isSeries(name, family.length()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSeries(String name, int familyLength) {
        for (String ending : SERIES) {
            if (name.length() == familyLength + ending.length() && name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        double any = 0;
        for (MediaRange coding : MediaRange.parse(acceptEncoding)) {
            if (coding.name().equals("gzip") || coding.name().equals("x-gzip")) {
                return coding.quality() > 0;
            }
            if (coding.name().equals("*")) {
                any = coding.quality();
            }
        }
        return any > 0;
    }

    private static SurfaceResponse text(int status, String text) {
        return text(status, text, Map.of());
    }

    private static SurfaceResponse text(int status, String text, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Cache-Control", "no-store");
        return new SurfaceResponse(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The fastest level: it halves the CPU time of a scrape's compression for a body that
     * is a little larger.
     */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, 4096);
            this.def.setLevel(Deflater.BEST_SPEED);
        }

    }

}
