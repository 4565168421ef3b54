package io.observability.starter.context.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.observability.starter.context.RequestIds;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

/**
 * Passes the request id on in the requests of every observed HTTP client. Unlike an
 * interceptor of a client it does not make the client hold the body in memory.
 */
final class RequestIdSenderHandler implements ObservationHandler<SenderContext<?>> {

    private static final boolean HAS_WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient",
            RequestIdSenderHandler.class.getClassLoader());

    private final String header;

    RequestIdSenderHandler(String header) {
        this.header = header;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof SenderContext<?> sender && sender.getKind() == Kind.CLIENT;
    }

    @Override
    public void onStart(SenderContext<?> context) {
        String id = RequestIds.current();
        if (id != null) {
            send(context, id);
        }
    }

    private <C> void send(SenderContext<C> context, String id) {
        @Nullable C carrier = context.getCarrier();
        // What the application sets itself stays.
        if (carrier != null && !isSet(context, carrier)) {
            context.getSetter().set(carrier, this.header, id);
        }
    }

    private boolean isSet(SenderContext<?> context, Object carrier) {
        if (carrier instanceof HttpRequest request) {
            return request.getHeaders().containsHeader(this.header);
        }
        return HAS_WEB_CLIENT && WebClientHeaders.has(context, this.header);
    }

    /**
     * Loaded where there is a <code>WebClient</code>.
     */
    private static final class WebClientHeaders {

        static boolean has(SenderContext<?> context, String header) {
            ClientRequest request = (context instanceof ClientRequestObservationContext call) ? call.getRequest()
                    : null;
            return request != null && request.headers().containsHeader(header);
        }

    }

}
