package io.observability.starter.metrics;

import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Tags of the meters of requests in one dialect, and which of the things that a request
 * has it tells apart.
 */
enum RequestDialect {

    /** As a user of Prometheus expects. */
    CONVENTIONAL(MetricNaming.CONVENTIONAL, false, false) {

        @Override
        Tags tags(RequestPeer peer, String route, MethodLabel method, int code, @Nullable ErrorName error) {
            Tags tags = Tags.of("method", method.label(), "route", route, "code", code(code));
            return (peer.host() != null) ? tags.and("host", peer.host()) : tags;
        }

        @Override
        Tags inFlight(MethodLabel method, boolean secure) {
            return Tags.of("method", method.label());
        }

    },

    /** As Spring's default conventions and Micrometer's default handler make them. */
    MICROMETER(MetricNaming.MICROMETER, true, false) {

        @Override
        Tags tags(RequestPeer peer, String route, MethodLabel method, int code, @Nullable ErrorName error) {
            boolean call = peer.host() != null;
            Tags tags = Tags.of("method", (method != MethodLabel.OTHER) ? method.label() : "UNKNOWN", "uri",
                    call ? uriOfCall(route) : uri(route, code), "status", status(code, call), "outcome", outcome(code),
                    "exception", (error != null) ? error.simple() : "none", "error",
                    (error != null) ? error.simple() : "none");
            return (peer.host() != null) ? tags.and("client.name", peer.host()) : tags;
        }

        @Override
        Tags inFlight(MethodLabel method, boolean secure) {
            return Tags.of("method", method.label());
        }

        private static String uriOfCall(String route) {
            return route.equals(LabelValue.UNKNOWN) ? "none" : route;
        }

        private static String uri(String route, int code) {
            if (route.equals(LabelValue.UNMATCHED)) {
                return (code == 404) ? "NOT_FOUND" : ((code / 100 == 3) ? "REDIRECTION" : "UNKNOWN");
            }
            return route;
        }

        private static String status(int code, boolean call) {
            if (code == RequestMeters.NO_ANSWER) {
                return call ? "IO_ERROR" : "UNKNOWN";
            }
            return (code > 0) ? Integer.toString(code) : "UNKNOWN";
        }

        private static String outcome(int code) {
            return switch (code / 100) {
                case 1 -> "INFORMATIONAL";
                case 2 -> "SUCCESS";
                case 3 -> "REDIRECTION";
                case 4 -> "CLIENT_ERROR";
                case 5 -> "SERVER_ERROR";
                default -> "UNKNOWN";
            };
        }

    },

    /**
     * As OpenTelemetry's semantic conventions of HTTP say: what is not there has no
     * label, and a request that did not fail has no {@code error.type}.
     */
    OTEL(MetricNaming.OTEL, true, true) {

        @Override
        Tags tags(RequestPeer peer, String route, MethodLabel method, int code, @Nullable ErrorName error) {
            Tags tags = Tags.of("http.request.method", method(method));
            if (code > 0) {
                tags = tags.and("http.response.status_code", Integer.toString(code));
            }
            boolean call = peer.host() != null;
            // For who answers, a 4xx is no error.
            if (code >= (call ? 400 : 500) && error == null) {
                tags = tags.and("error.type", Integer.toString(code));
            }
            else if (error != null || code <= 0) {
                tags = tags.and("error.type", (error != null) ? error.full() : "_OTHER");
            }
            if (peer.host() != null) {
                tags = tags.and("server.address", peer.host());
                tags = (peer.port() > 0) ? tags.and("server.port", Integer.toString(peer.port())) : tags;
                return route.equals(LabelValue.UNKNOWN) ? tags : tags.and("url.template", route);
            }
            tags = tags.and("url.scheme", scheme(peer.secure()));
            return route.equals(LabelValue.UNMATCHED) ? tags : tags.and("http.route", route);
        }

        @Override
        Tags inFlight(MethodLabel method, boolean secure) {
            return Tags.of("http.request.method", method(method), "url.scheme", scheme(secure));
        }

        private static String method(MethodLabel method) {
            return (method != MethodLabel.OTHER) ? method.label() : "_OTHER";
        }

        private static String scheme(boolean secure) {
            return secure ? "https" : "http";
        }

    };

    private final MetricNaming naming;

    private final boolean errors;

    private final boolean peers;

    RequestDialect(MetricNaming naming, boolean errors, boolean peers) {
        this.naming = naming;
        this.errors = errors;
        this.peers = peers;
    }

    static RequestDialect of(MetricNaming naming) {
        return switch (naming) {
            case CONVENTIONAL -> CONVENTIONAL;
            case MICROMETER -> MICROMETER;
            case OTEL -> OTEL;
        };
    }

    MetricNaming naming() {
        return this.naming;
    }

    /**
     * Whether the exception that a request failed with is told.
     * @return whether it is
     */
    boolean tellsErrors() {
        return this.errors;
    }

    /**
     * Whether scheme and port are told.
     * @return whether they are
     */
    boolean tellsPeers() {
        return this.peers;
    }

    /**
     * Key of the tag that the route has.
     * @param call whether the request goes out
     * @return the key
     */
    String routeKey(boolean call) {
        return switch (this) {
            case CONVENTIONAL -> "route";
            case MICROMETER -> "uri";
            case OTEL -> call ? "url.template" : "http.route";
        };
    }

    String hostKey() {
        return switch (this) {
            case CONVENTIONAL -> "host";
            case MICROMETER -> "client.name";
            case OTEL -> "server.address";
        };
    }

    String errorKey() {
        return (this == OTEL) ? "error.type" : "exception";
    }

    abstract Tags tags(RequestPeer peer, String route, MethodLabel method, int code, @Nullable ErrorName error);

    abstract Tags inFlight(MethodLabel method, boolean secure);

    static String code(int code) {
        return switch (code) {
            case RequestMeters.NO_ANSWER -> LabelValue.ERROR;
            case 0 -> LabelValue.OTHER;
            default -> Integer.toString(code);
        };
    }

}
