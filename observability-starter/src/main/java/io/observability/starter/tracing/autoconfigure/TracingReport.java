package io.observability.starter.tracing.autoconfigure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.tracing.TraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.Transport;
import org.springframework.core.env.Environment;

/**
 * Says at which rate traces are recorded, where they go, and by whose rules their context
 * travels.
 */
final class TracingReport implements ReportSource {

    private static final String OTLP = "management.opentelemetry.tracing.export.otlp.";

    private final Environment environment;

    private final ObjectProvider<Sampler> sampler;

    private final ObjectProvider<ContextPropagators> propagators;

    private final ObjectProvider<SpanExporter> exporters;

    private final ObjectProvider<OtlpTracingConnectionDetails> connection;

    private final double probability;

    TracingReport(Environment environment, ObjectProvider<Sampler> sampler,
            ObjectProvider<ContextPropagators> propagators, ObjectProvider<SpanExporter> exporters,
            ObjectProvider<OtlpTracingConnectionDetails> connection, double probability) {
        this.environment = environment;
        this.sampler = sampler;
        this.propagators = propagators;
        this.exporters = exporters;
        this.connection = connection;
        this.probability = probability;
    }

    @Override
    public FeatureReport report() {
        String destination = destination();
        boolean exported = !destination.isEmpty();
        boolean ownPropagation = isOwnPropagation();
        Map<String, Object> details = new TreeMap<>();
        details.put("sampling", rate());
        details.put("destination", exported ? destination : "none");
        details.put("propagation", ownPropagation ? "W3C Trace Context level 2" : "as Spring Boot or a bean has it");
        return new FeatureReport("tracing", ownPropagation ? FeatureReport.State.ON : FeatureReport.State.STEPPED_BACK,
                rate() + ", " + (exported ? "to " + destination : "exported nowhere"), details,
                exported ? List.of() : List.of("a destination for spans, set " + OTLP + "endpoint"));
    }

    private String rate() {
        Sampler current = this.sampler.getIfAvailable();
        if (current == null) {
            return "nothing recorded";
        }
        if (current.getDescription()
            .equals(Sampler.parentBased(Sampler.traceIdRatioBased(this.probability)).getDescription())) {
            return BigDecimal.valueOf(this.probability).movePointRight(2).stripTrailingZeros().toPlainString()
                    + " % of new traces";
        }
        return "traces by " + current.getDescription();
    }

    private String destination() {
        List<SpanExporter> all = this.exporters.orderedStream().toList();
        OtlpTracingConnectionDetails details = this.connection.getIfAvailable();
        if (all.isEmpty()) {
            return "";
        }
        if (details != null && all.size() == 1) {
            Transport transport = this.environment.getProperty(OTLP + "transport", Transport.class, Transport.HTTP);
            return withoutSecrets(details.getUrl(transport));
        }
        return String.join(", ", all.stream().map((exporter) -> exporter.getClass().getSimpleName()).toList());
    }

    private boolean isOwnPropagation() {
        ContextPropagators current = this.propagators.getIfAvailable();
        return current != null && current.getTextMapPropagator() instanceof TraceContextPropagator;
    }

    // A URL may carry a user, a password or a key.
    private static String withoutSecrets(String url) {
        return url.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "");
    }

}
