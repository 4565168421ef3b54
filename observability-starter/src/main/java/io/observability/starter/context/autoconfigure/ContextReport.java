package io.observability.starter.context.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * What the start-up report says of the context.
 */
final class ContextReport implements ReportSource {

    private final ContextProperties properties;

    private final ObjectProvider<RequestIdSource> sources;

    private final ObjectProvider<ExecutorContextPostProcessor> executors;

    private final Environment environment;

    ContextReport(ContextProperties properties, ObjectProvider<RequestIdSource> sources,
            ObjectProvider<ExecutorContextPostProcessor> executors, Environment environment) {
        this.properties = properties;
        this.sources = sources;
        this.executors = executors;
        this.environment = environment;
    }

    @Override
    public FeatureReport report() {
        ContextProperties.RequestId requestId = this.properties.getRequestId();
        ExecutorContextPostProcessor postProcessor = this.executors.getIfAvailable();
        Set<String> carried = (postProcessor != null) ? postProcessor.carried() : Set.of();
        RequestIdSource source = this.sources.getIfAvailable();
        List<String> missing = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        StringBuilder summary = new StringBuilder();
        if (source != null) {
            summary.append("request id from ").append(requestId.getHeader());
            summary.append(requestId.isAccept() ? ", made if absent or invalid; " : " never taken, always made; ");
            details.put("requestIdHeader", requestId.getHeader());
            details.put("acceptRequestId", requestId.isAccept());
            details.put("respondRequestId", requestId.isRespond());
            details.put("propagateRequestId", requestId.isPropagate());
            details.put("businessTagHeaders", Map.copyOf(this.properties.getTags().getHeaders()));
            details.put("webStack", source.stack());
        }
        else {
            missing.add("request ids need a web application, org.springframework.boot:spring-boot-starter-webmvc"
                    + " or org.springframework.boot:spring-boot-starter-webflux");
        }
        // Many are made when they are first needed, Spring Boot's own among them.
        summary
            .append((postProcessor != null) ? "executors carry the caller's context, " + carried.size() + " made so far"
                    : "executors do not carry the caller's context");
        details.put("executors", List.copyOf(carried));
        if (postProcessor != null && !postProcessor.leftAlone().isEmpty()) {
            missing.add("no context in the tasks of " + String.join(", ", postProcessor.leftAlone())
                    + ": declare the bean by an interface such as ExecutorService, without a priority queue");
        }
        if (source != null && source.stack().equals("reactive")
                && !"auto".equalsIgnoreCase(this.environment.getProperty("spring.reactor.context-propagation"))) {
            missing.add("ids in the log lines of reactive code: spring.reactor.context-propagation=auto adds them");
        }
        return new FeatureReport("context", FeatureReport.State.ON, summary.toString(), details, missing);
    }

}
