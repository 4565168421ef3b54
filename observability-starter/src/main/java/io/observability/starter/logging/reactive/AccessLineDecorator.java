package io.observability.starter.logging.reactive;

import java.net.InetSocketAddress;
import java.util.Objects;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.RequestRoute;
import io.observability.starter.context.RequestTags;
import io.observability.starter.context.reactive.ExchangeContext;
import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.logging.access.AccessOutcome;
import io.observability.starter.logging.access.AccessRecord;
import io.observability.starter.logging.access.StarterPaths;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.reactive.ServedExchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes the access line of each request when its answer has been written, has failed or
 * was given up by the client. It decorates the whole handler: the handlers of errors
 * stand outside of all filters. To stand inside the decorator that gives a request its
 * id. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessLineDecorator implements HttpHandlerDecoratorFactory {

    private final AccessLog log;

    private final StarterPaths starterPaths;

    private final boolean path;

    private final boolean clientAddress;

    private final boolean userAgent;

    /**
     * Create a decorator.
     * @param log where the lines go
     * @param starterPaths paths without a line
     * @param path whether the path stands on the line
     * @param clientAddress whether the client's address does
     * @param userAgent whether the header {@code User-Agent} does
     */
    public AccessLineDecorator(AccessLog log, StarterPaths starterPaths, boolean path, boolean clientAddress,
            boolean userAgent) {
        this.log = log;
        this.starterPaths = starterPaths;
        this.path = path;
        this.clientAddress = clientAddress;
        this.userAgent = userAgent;
    }

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> {
            if (this.starterPaths.contains(request.getPath().pathWithinApplication().value())) {
                return handler.handle(request, response);
            }
            AccessExchange access = new AccessExchange(begin(request));
            response.beforeCommit(() -> committed(access, response));
            return new ExchangeContext(Mono.deferContextual(
                    (context) -> handler.handle(request, response).doFinally((signal) -> end(access, context, signal))),
                    (context) -> context.put(AccessExchange.KEY, access));
        };
    }

    private AccessRecord begin(ServerHttpRequest request) {
        AccessRecord begun = this.log.begin(request.getMethod().name());
        begun.requestBytes(request.getHeaders().getContentLength());
        if (this.path) {
            begun.path(request.getPath().value());
        }
        if (this.clientAddress || this.userAgent) {
            InetSocketAddress remote = this.clientAddress ? request.getRemoteAddress() : null;
            begun.client((remote != null) ? remote.getHostString() : null,
                    this.userAgent ? request.getHeaders().getFirst(HttpHeaders.USER_AGENT) : null);
        }
        return begun;
    }

    // At the end a servlet container has taken the response back.
    private static Mono<Void> committed(AccessExchange access, ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        access.accessRecord().responseBytes(response.getHeaders().getContentLength());
        // Nobody has to set it for an answer to be 200.
        access.committed((status != null) ? status.value() : HttpStatus.OK.value());
        return Mono.empty();
    }

    private void end(AccessExchange access, ContextView context, SignalType signal) {
        try {
            if (!access.isUnobserved()) {
                write(access, context, signal);
            }
        }
        catch (RuntimeException ex) {
            this.log.failed(ex);
        }
    }

    private void write(AccessExchange access, ContextView context, SignalType signal) {
        AccessRecord ended = access.accessRecord();
        ServerWebExchange exchange = access.exchange();
        ServerRequestObservationContext observation = (exchange != null)
                ? ServerRequestObservationContext.findCurrent(exchange.getAttributes()).orElse(null) : null;
        if (signal == SignalType.CANCEL || (observation != null && observation.isConnectionAborted())) {
            ended.outcome(AccessOutcome.CLIENT_GONE);
        }
        else if (signal == SignalType.ON_ERROR) {
            ended.outcome(AccessOutcome.EXCEPTION);
        }
        keepContext(ended, observation, context);
        int status = (access.status() != 0) ? access.status() : RequestTimes.CLIENT_GONE;
        Object pattern = (exchange != null) ? exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                : null;
        this.log.end(ended, status, RequestRoute.of(Objects.toString(pattern, null), status));
    }

    // The observation is over, and the thread may be any.
    private static void keepContext(AccessRecord ended, @Nullable ServerRequestObservationContext observation,
            ContextView context) {
        String id = (context.getOrDefault(RequestIds.ATTRIBUTE, null) instanceof String known) ? known : null;
        RequestTags tags = (context.getOrDefault(BusinessTags.ATTRIBUTE, null) instanceof RequestTags known) ? known
                : null;
        ServedExchange served = ServedExchange.of(observation);
        if (served != null) {
            ended.keepContext(served.hasSpan() ? served.traceId() : null, served.hasSpan() ? served.spanId() : null, id,
                    tags);
            return;
        }
        TracingContext tracing = (observation != null) ? observation.get(TracingContext.class) : null;
        TraceContext span = (tracing != null && tracing.getSpan() != null) ? tracing.getSpan().context() : null;
        ended.keepContext((span != null) ? span.traceId() : null, (span != null) ? span.spanId() : null, id, tags);
    }

}
