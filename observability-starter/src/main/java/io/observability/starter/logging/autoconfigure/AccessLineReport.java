package io.observability.starter.logging.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.report.FeatureReport;

/**
 * What the start-up report says of the access line.
 */
final class AccessLineReport {

    private AccessLineReport() {
    }

    static FeatureReport of(AccessLogProperties properties) {
        List<String> added = new ArrayList<>();
        if (properties.isPath()) {
            added.add("path");
        }
        if (properties.isClientAddress()) {
            added.add("client address");
        }
        if (properties.isUserAgent()) {
            added.add("user agent");
        }
        String summary = "one line a request" + (added.isEmpty() ? "" : ", with " + String.join(", ", added));
        return new FeatureReport("logging.access", FeatureReport.State.ON, summary,
                Map.of("logger", AccessLog.LOGGER, "added", List.copyOf(added)), List.of());
    }

}
