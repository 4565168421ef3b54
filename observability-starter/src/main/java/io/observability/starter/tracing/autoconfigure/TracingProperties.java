package io.observability.starter.tracing.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.observability.starter.settings.SettingChecks;
import io.observability.starter.tracing.TraceResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of tracing.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.tracing")
public class TracingProperties {

    /**
     * Whether requests are traced by the starter's rules. Otherwise by Spring Boot's.
     */
    private boolean enabled = true;

    /**
     * Paths whose requests are neither traced nor counted, in addition to the starter's
     * own paths and the actuator's. '*' stands for any characters of a segment, '**' at
     * the end for everything below.
     */
    private List<String> excludePaths = new ArrayList<>();

    private final Sampling sampling = new Sampling();

    private final Response response = new Response();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public List<String> getExcludePaths() {
        return this.excludePaths;
    }

    public void setExcludePaths(List<String> excludePaths) {
        this.excludePaths = excludePaths;
    }

    public Sampling getSampling() {
        return this.sampling;
    }

    public Response getResponse() {
        return this.response;
    }

    @Nullable TraceResponse traceResponse() {
        String header = SettingChecks.headerName("observability.tracing.response.header", this.response.getHeader());
        return this.response.isEnabled() ? new TraceResponse(header) : null;
    }

    /**
     * Which traces are recorded.
     */
    public static class Sampling {

        /**
         * Share of new traces that is recorded, from 0.0 to 1.0. Unless set,
         * 'management.tracing.sampling.probability' counts. A trace that began elsewhere
         * is recorded if its caller records it.
         */
        private @Nullable Double probability;

        public @Nullable Double getProbability() {
            return this.probability;
        }

        public void setProbability(@Nullable Double probability) {
            this.probability = probability;
        }

    }

    /**
     * What a response tells its caller.
     */
    public static class Response {

        /**
         * Whether responses carry the ids of their trace.
         */
        private boolean enabled = true;

        /**
         * Name of the response header that carries the trace id alone.
         */
        private String header = "X-Trace-Id";

        public boolean isEnabled() {
            return this.enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public String getHeader() {
            return this.header;
        }

        public void setHeader(String header) {
            this.header = header;
        }

    }

}
