package io.observability.starter.context.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the request's context.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.context")
public class ContextProperties {

    /**
     * Whether requests get an id and executors carry the caller's context.
     */
    private boolean enabled = true;

    private final RequestId requestId = new RequestId();

    private final Executors executors = new Executors();

    private final Tags tags = new Tags();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public RequestId getRequestId() {
        return this.requestId;
    }

    public Executors getExecutors() {
        return this.executors;
    }

    public Tags getTags() {
        return this.tags;
    }

    /**
     * Properties of the request id.
     */
    public static class RequestId {

        /**
         * Name of the header that brings the id, answers it and passes it on.
         */
        private String header = "X-Request-Id";

        /**
         * Whether a valid id from outside is taken; otherwise each request gets a new
         * one.
         */
        private boolean accept = true;

        /**
         * Whether the id is answered in the response.
         */
        private boolean respond = true;

        /**
         * Whether HTTP clients pass the id on.
         */
        private boolean propagate = true;

        public String getHeader() {
            return this.header;
        }

        public void setHeader(String header) {
            this.header = header;
        }

        public boolean isAccept() {
            return this.accept;
        }

        public void setAccept(boolean accept) {
            this.accept = accept;
        }

        public boolean isRespond() {
            return this.respond;
        }

        public void setRespond(boolean respond) {
            this.respond = respond;
        }

        public boolean isPropagate() {
            return this.propagate;
        }

        public void setPropagate(boolean propagate) {
            this.propagate = propagate;
        }

    }

    /**
     * Properties of the business tags.
     */
    public static class Tags {

        /**
         * Name of the header by business tag. A request that brings the header has the
         * tag; '-' in the name of a tag stands for '_'.
         */
        private Map<String, String> headers = new LinkedHashMap<>();

        public Map<String, String> getHeaders() {
            return this.headers;
        }

        public void setHeaders(Map<String, String> headers) {
            this.headers = headers;
        }

    }

    /**
     * Properties of the executors.
     */
    public static class Executors {

        /**
         * Whether beans that execute tasks carry the caller's context into them.
         */
        private boolean enabled = true;

        /**
         * Names of beans to leave as they are; '*' stands for any characters.
         */
        private List<String> exclude = new ArrayList<>();

        public boolean isEnabled() {
            return this.enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public List<String> getExclude() {
            return this.exclude;
        }

        public void setExclude(List<String> exclude) {
            this.exclude = exclude;
        }

    }

}
