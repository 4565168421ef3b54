package io.observability.starter.logging.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.FeatureReport.State;
import io.observability.starter.report.ReportSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogFile;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What the logging feature says of itself: what the environment really holds, so that a
 * setting of the application's that won is seen.
 */
final class LoggingReport implements ReportSource {

    private static final String FEATURE = "logging";

    private final Environment environment;

    private final LoggingPlan plan;

    LoggingReport(Environment environment, LoggingPlan plan) {
        this.environment = environment;
        this.plan = plan;
    }

    @Override
    public FeatureReport report() {
        if (!this.plan.logback()) {
            return steppedBack("the application does not log through Logback",
                    List.of("JSON lines: org.springframework.boot:spring-boot-starter-logging"));
        }
        String own = this.plan.ownConfiguration();
        if (own != null) {
            return steppedBack("the application configures Logback itself with " + own, List
                .of("JSON lines: an appender with the encoder " + "io.observability.starter.logging.JsonLineEncoder"));
        }
        String console = this.environment.getProperty(LoggingPlan.CONSOLE_FORMAT);
        LogFile file = LogFile.get(this.environment);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("console", format(console));
        if (file != null) {
            details.put("file", file.toString());
            details.put("fileFormat", format(this.environment.getProperty(LoggingPlan.FILE_FORMAT)));
        }
        details.put("service", ServiceIdentities.from(this.environment).name());
        String summary = format(console) + " on the console"
                + ((file != null) ? ", " + details.get("fileFormat") + " in " + file : "");
        boolean foreign = StringUtils.hasText(console) && !isOurs(console);
        return new FeatureReport(FEATURE, foreign ? State.STEPPED_BACK : State.ON,
                foreign ? summary + ", as " + LoggingPlan.CONSOLE_FORMAT + " says" : summary, details, List.of());
    }

    private static FeatureReport steppedBack(String why, List<String> missing) {
        return new FeatureReport(FEATURE, State.STEPPED_BACK, why, Map.of(), missing);
    }

    private static String format(@Nullable String structured) {
        if (!StringUtils.hasText(structured)) {
            return "text";
        }
        return isOurs(structured) ? "JSON lines, schema " + LineSchema.LOGSTASH.id() : structured;
    }

    private static boolean isOurs(@Nullable String structured) {
        return JsonLineFormatter.class.getName().equals(structured);
    }

}
