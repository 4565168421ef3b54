package io.observability.starter.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.observability.starter.metrics.cardinality.FoldedTag;
import io.observability.starter.metrics.cardinality.FoldedTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of HTTP requests, those that come in or those that go out. Series are bounded:
 * so many routes get series of their own, all further ones share the route
 * {@code _other}. Recording a request whose series exist allocates nothing here.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestMeters {

    /** Code of a call that got no answer. */
    public static final int NO_ANSWER = -1;

    private static final Logger logger = LoggerFactory.getLogger(RequestMeters.class);

    private static final String NO_HOST = "";

    private static final String MAX_ROUTES = "observability.metrics.max-routes";

    private final MeterRegistry registry;

    private final MetricName duration;

    private final @Nullable MetricName counter;

    private final @Nullable MetricName inFlight;

    private final Duration[] buckets;

    private final int maxRoutes;

    private final AtomicInteger routesLeft;

    private final BoundedTable<BoundedTable<RouteMeters>> hosts;

    private final BoundedTable<RouteMeters> local;

    private final AtomicReferenceArray<@Nullable LongAdder> running = new AtomicReferenceArray<>(MethodLabel.COUNT);

    private final FoldedTag foldedRoutes;

    private final AtomicBoolean overflowSaid = new AtomicBoolean();

    private RequestMeters(MeterRegistry registry, MetricName duration, @Nullable MetricName counter,
            @Nullable MetricName inFlight, List<Duration> slo, int maxRoutes, FoldedTags folded) {
        this.registry = registry;
        this.duration = duration;
        this.counter = counter;
        this.inFlight = inFlight;
        this.buckets = RequestBuckets.with(slo);
        this.maxRoutes = maxRoutes;
        this.routesLeft = new AtomicInteger(maxRoutes);
        String[] meters = Stream.of(duration, counter, inFlight)
            .filter(Objects::nonNull)
            .map(MetricName::meter)
            .toArray(String[]::new);
        this.foldedRoutes = folded.bounded("route", maxRoutes, MAX_ROUTES, meters);
        FoldedTag foldedHosts = duration.labels().contains("host")
                ? folded.bounded("host", maxRoutes, MAX_ROUTES, meters) : FoldedTag.UNTOLD;
        this.hosts = new BoundedTable<>(new AtomicInteger(maxRoutes), this::routesOf, (host) -> {
            foldedHosts.folded(host);
            overflow();
        });
        this.local = routesOf(NO_HOST);
    }

    /**
     * Meters of the requests that this process answers, with nobody told of folded
     * values.
     * @param registry where the meters go
     * @param slo bounds that become buckets
     * @param maxRoutes most routes with series of their own
     * @return the meters
     */
    public static RequestMeters ofServer(MeterRegistry registry, List<Duration> slo, int maxRoutes) {
        return ofServer(registry, slo, maxRoutes, FoldedTags.UNTOLD);
    }

    /**
     * Meters of the requests that this process answers.
     * @param registry where the meters go
     * @param slo bounds that become buckets
     * @param maxRoutes most routes with series of their own
     * @param folded who is told of routes that have none
     * @return the meters
     */
    public static RequestMeters ofServer(MeterRegistry registry, List<Duration> slo, int maxRoutes, FoldedTags folded) {
        return new RequestMeters(registry, MetricName.HTTP_REQUEST_DURATION, MetricName.HTTP_REQUESTS,
                MetricName.HTTP_REQUESTS_IN_FLIGHT, slo, maxRoutes, folded);
    }

    /**
     * Meters of the requests that this process makes, with nobody told of folded values.
     * @param registry where the meters go
     * @param slo bounds that become buckets
     * @param maxRoutes most pairs of host and route with series of their own
     * @return the meters
     */
    public static RequestMeters ofClient(MeterRegistry registry, List<Duration> slo, int maxRoutes) {
        return ofClient(registry, slo, maxRoutes, FoldedTags.UNTOLD);
    }

    /**
     * Meters of the requests that this process makes.
     * @param registry where the meters go
     * @param slo bounds that become buckets
     * @param maxRoutes most pairs of host and route with series of their own
     * @param folded who is told of hosts and routes that have none
     * @return the meters
     */
    public static RequestMeters ofClient(MeterRegistry registry, List<Duration> slo, int maxRoutes, FoldedTags folded) {
        return new RequestMeters(registry, MetricName.HTTP_CLIENT_REQUEST_DURATION, null, null, slo, maxRoutes, folded);
    }

    RequestSample begin(@Nullable String method) {
        MethodLabel label = MethodLabel.of(method);
        if (this.inFlight != null) {
            running(this.inFlight, label).increment();
        }
        return new RequestSample(label, this.registry.config().clock().monotonicTime());
    }

    void end(RequestSample sample, @Nullable String host, @Nullable String method, String route, int code) {
        if (!sample.end()) {
            return;
        }
        if (this.inFlight != null) {
            running(this.inFlight, sample.method()).decrement();
        }
        BoundedTable<RouteMeters> routes = (host != null) ? this.hosts.get(host) : this.local;
        routes.get(route)
            .find(MethodLabel.of(method), known(code))
            .record(this.registry.config().clock().monotonicTime() - sample.startNanos());
    }

    private LongAdder running(MetricName name, MethodLabel method) {
        LongAdder adder = this.running.get(method.index());
        return (adder != null) ? adder : addRunning(name, method);
    }

    private LongAdder addRunning(MetricName name, MethodLabel method) {
        LongAdder adder = new LongAdder();
        LongAdder before = this.running.compareAndExchange(method.index(), null, adder);
        if (before != null) {
            return before;
        }
        Gauge.builder(name.meter(), adder, LongAdder::sum)
            .description(name.help())
            .tag("method", method.label())
            .register(this.registry);
        return adder;
    }

    private BoundedTable<RouteMeters> routesOf(String host) {
        return new BoundedTable<>(this.routesLeft,
                (route) -> new RouteMeters((method, code) -> series(host, route, method, code)), this::overflow);
    }

    private RouteMeters.Series series(String host, String route, MethodLabel method, int code) {
        Tags tags = Tags.of("method", method.label(), "route", route, "code", label(code));
        if (!host.equals(NO_HOST)) {
            tags = tags.and("host", host);
        }
        Timer timer = Timer.builder(this.duration.meter())
            .description(this.duration.help())
            .tags(tags)
            .serviceLevelObjectives(this.buckets)
            .register(this.registry);
        LongAdder count = new LongAdder();
        if (this.counter != null) {
            FunctionCounter.builder(this.counter.meter(), count, LongAdder::sum)
                .description(this.counter.help())
                .tags(tags)
                .register(this.registry);
        }
        return new RouteMeters.Series(code, count, timer);
    }

    private static int known(int code) {
        return (code >= 100 && code <= 599) ? code : ((code == NO_ANSWER) ? NO_ANSWER : 0);
    }

    private static String label(int code) {
        return switch (code) {
            case NO_ANSWER -> LabelValue.ERROR;
            case 0 -> LabelValue.OTHER;
            default -> Integer.toString(code);
        };
    }

    private void overflow(String route) {
        this.foldedRoutes.folded(route);
        overflow();
    }

    private void overflow() {
        if (this.overflowSaid.compareAndSet(false, true)) {
            logger.warn(
                    "More than {} routes in {}: further ones are counted together as route=\"{}\"; "
                            + "see observability.metrics.max-routes",
                    this.maxRoutes, this.duration.family(), LabelValue.OTHER);
        }
    }

}
