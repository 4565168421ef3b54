package io.observability.starter.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.observability.starter.call.CallTimes;
import io.observability.starter.metrics.cardinality.FoldedTag;
import io.observability.starter.metrics.cardinality.FoldedTags;
import io.observability.starter.request.RequestTimes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of HTTP requests, those that come in or those that go out. Series are bounded:
 * so many routes get series of their own, all further ones share the route
 * {@code _other}. Recording a request whose series exist allocates nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestMeters implements RequestTimes {

    /** Code of a request that got no answer. */
    public static final int NO_ANSWER = CallTimes.NO_ANSWER;

    private static final Logger logger = LoggerFactory.getLogger(RequestMeters.class);

    private static final int MAX_ERRORS = 50;

    private static final String MAX_ROUTES = "observability.metrics.max-routes";

    private final MeterRegistry registry;

    private final Clock clock;

    private final RequestDialect dialect;

    private final MetricForm duration;

    private final String help;

    private final boolean server;

    private final Duration[] buckets;

    private final int maxRoutes;

    private final AtomicInteger routesLeft;

    private final BoundedTable<PortTable> hosts;

    private final BoundedTable<RouteMeters> plain;

    private final BoundedTable<RouteMeters> secure;

    private final BoundedTable<ErrorName> errors;

    private final AtomicReferenceArray<@Nullable LongAdder> running = new AtomicReferenceArray<>(2 * MethodLabel.COUNT);

    private volatile FoldedTag foldedRoutes = FoldedTag.UNTOLD;

    private volatile FoldedTag foldedHosts = FoldedTag.UNTOLD;

    private volatile FoldedTag foldedErrors = FoldedTag.UNTOLD;

    private final AtomicBoolean overflowSaid = new AtomicBoolean();

    private RequestMeters(MeterRegistry registry, MetricNaming naming, boolean server, List<Duration> slo,
            int maxRoutes) {
        this.registry = registry;
        this.clock = registry.config().clock();
        this.dialect = RequestDialect.of(naming);
        MetricName name = server ? MetricName.HTTP_REQUEST_DURATION : MetricName.HTTP_CLIENT_REQUEST_DURATION;
        MetricForm form = name.in(naming);
        if (form == null) {
            throw new IllegalArgumentException(naming.name());
        }
        this.duration = form;
        this.help = name.help();
        this.server = server;
        this.buckets = RequestBuckets.with(slo);
        this.maxRoutes = maxRoutes;
        this.routesLeft = new AtomicInteger(maxRoutes);
        this.hosts = new BoundedTable<>(new AtomicInteger(maxRoutes),
                (host) -> new PortTable((port) -> routes(new RequestPeer(host, port, false))), this::hostOverflow);
        this.plain = routes(new RequestPeer(null, 0, false));
        this.secure = routes(new RequestPeer(null, 0, true));
        this.errors = new BoundedTable<>(new AtomicInteger(MAX_ERRORS), ErrorName::of,
                (error) -> this.foldedErrors.folded(error));
    }

    /**
     * Meters of the requests that this process answers.
     * @param registry where the meters go
     * @param naming how the meters are called
     * @param slo bounds that become buckets
     * @param maxRoutes most routes with series of their own
     * @return the meters
     */
    public static RequestMeters ofServer(MeterRegistry registry, MetricNaming naming, List<Duration> slo,
            int maxRoutes) {
        return new RequestMeters(registry, naming, true, slo, maxRoutes);
    }

    /**
     * Meters of the requests that this process makes.
     * @param registry where the meters go
     * @param naming how the meters are called
     * @param slo bounds that become buckets
     * @param maxRoutes most pairs of host and route with series of their own
     * @return the meters
     */
    public static RequestMeters ofClient(MeterRegistry registry, MetricNaming naming, List<Duration> slo,
            int maxRoutes) {
        return new RequestMeters(registry, naming, false, slo, maxRoutes);
    }

    /**
     * Tell of routes, hosts and errors that share a series. Called once, ahead of the
     * first request.
     * @param tags who is told
     * @return these meters
     */
    public RequestMeters tell(FoldedTags tags) {
        MetricNaming naming = this.dialect.naming();
        List<String> names = new ArrayList<>(List.of(this.duration.meter()));
        if (this.server) {
            Stream.of(MetricName.HTTP_REQUESTS.in(naming), MetricName.HTTP_REQUESTS_IN_FLIGHT.in(naming))
                .filter(Objects::nonNull)
                .forEach((form) -> names.add(form.meter()));
        }
        String[] meters = names.toArray(String[]::new);
        this.foldedRoutes = tags.bounded(this.dialect.routeKey(!this.server), this.maxRoutes, MAX_ROUTES, meters);
        if (!this.server) {
            this.foldedHosts = tags.bounded(this.dialect.hostKey(), this.maxRoutes, MAX_ROUTES, meters);
        }
        if (this.dialect.tellsErrors()) {
            this.foldedErrors = tags.bounded(this.dialect.errorKey(), MAX_ERRORS, "at most " + MAX_ERRORS + " errors",
                    meters);
        }
        return this;
    }

    @Override
    public long begin(@Nullable String method, boolean secure) {
        running(MethodLabel.of(method), secure && this.dialect.tellsPeers()).increment();
        return now();
    }

    @Override
    public void end(long start, @Nullable String method, boolean secure, String route, int code,
            @Nullable Throwable error) {
        boolean byScheme = secure && this.dialect.tellsPeers();
        MethodLabel label = MethodLabel.of(method);
        running(label, byScheme).decrement();
        record(byScheme ? this.secure : this.plain, start, label, route, code, error);
    }

    /**
     * A request goes out.
     * @return the start, for {@link #endCall}
     */
    public long beginCall() {
        return now();
    }

    /**
     * A request that went out was answered, or never will be.
     * @param start what {@link #beginCall} gave
     * @param method its method
     * @param host host that it went to
     * @param port port that it went to, or 0 if it is not known
     * @param route template of its path, or one of {@link LabelValue}
     * @param code status code, or {@link #NO_ANSWER}
     * @param error what it failed with, or {@code null}
     */
    public void endCall(long start, @Nullable String method, String host, int port, String route, int code,
            @Nullable Throwable error) {
        record(this.hosts.get(host).get(this.dialect.tellsPeers() ? port : 0), start, MethodLabel.of(method), route,
                code, error);
    }

    private void record(BoundedTable<RouteMeters> routes, long start, MethodLabel method, String route, int code,
            @Nullable Throwable error) {
        ErrorName name = (error != null && this.dialect.tellsErrors()) ? this.errors.get(error.getClass().getName())
                : null;
        routes.get(route).find(method, known(code), name).record(now() - start);
    }

    private long now() {
        return this.clock.monotonicTime();
    }

    private LongAdder running(MethodLabel method, boolean secure) {
        int place = secure ? MethodLabel.COUNT + method.index() : method.index();
        LongAdder adder = this.running.get(place);
        return (adder != null) ? adder : addRunning(place, method, secure);
    }

    private LongAdder addRunning(int place, MethodLabel method, boolean secure) {
        LongAdder adder = new LongAdder();
        LongAdder before = this.running.compareAndExchange(place, null, adder);
        if (before != null) {
            return before;
        }
        MetricForm form = MetricName.HTTP_REQUESTS_IN_FLIGHT.in(this.dialect.naming());
        if (this.server && form != null) {
            Gauge.builder(form.meter(), adder, LongAdder::sum)
                .description(MetricName.HTTP_REQUESTS_IN_FLIGHT.help())
                .tags(this.dialect.inFlight(method, secure))
                .register(this.registry);
        }
        return adder;
    }

    private BoundedTable<RouteMeters> routes(RequestPeer peer) {
        return new BoundedTable<>(this.routesLeft,
                (route) -> new RouteMeters((method, code, error) -> series(peer, route, method, code, error)),
                this::routeOverflow);
    }

    private RouteMeters.Series series(RequestPeer peer, String route, MethodLabel method, int code,
            @Nullable ErrorName error) {
        Tags tags = this.dialect.tags(peer, route, method, code, error);
        Timer timer = Timer.builder(this.duration.meter())
            .description(this.help)
            .tags(tags)
            .serviceLevelObjectives(this.buckets)
            .register(this.registry);
        MetricForm counter = MetricName.HTTP_REQUESTS.in(this.dialect.naming());
        if (!this.server || counter == null) {
            return new RouteMeters.Series(code, error, null, timer);
        }
        LongAdder count = new LongAdder();
        FunctionCounter.builder(counter.meter(), count, LongAdder::sum)
            .description(MetricName.HTTP_REQUESTS.help())
            .tags(tags)
            .register(this.registry);
        return new RouteMeters.Series(code, error, count, timer);
    }

    private static int known(int code) {
        return (code >= 100 && code <= 599) ? code : ((code == NO_ANSWER) ? NO_ANSWER : 0);
    }

    private void routeOverflow(String route) {
        this.foldedRoutes.folded(route);
        overflow();
    }

    private void hostOverflow(String host) {
        this.foldedHosts.folded(host);
        overflow();
    }

    private void overflow() {
        if (this.overflowSaid.compareAndSet(false, true)) {
            logger.warn(
                    "More than {} routes in {}: further ones are counted together as {}=\"{}\"; "
                            + "see observability.metrics.max-routes",
                    this.maxRoutes, this.duration.family(), "route", LabelValue.OTHER);
        }
    }

}
