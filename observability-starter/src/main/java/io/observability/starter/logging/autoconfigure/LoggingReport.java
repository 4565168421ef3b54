package io.observability.starter.logging.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.observability.starter.logging.autoconfigure.LoggingAutoConfiguration.LineStates;
import io.observability.starter.logging.autoconfigure.LoggingPlan.Output;
import io.observability.starter.logging.delivery.Rotation;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.FeatureReport.State;
import io.observability.starter.report.ReportSource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * What the logging feature says of itself: destinations, format, policy, files and how
 * long they are kept.
 */
final class LoggingReport implements ReportSource {

    private static final String FEATURE = "logging";

    private static final String INCLUDE = "JSON lines: <include "
            + "resource=\"io/observability/starter/logging/appender.xml\"/> and <appender-ref "
            + "ref=\"OBSERVABILITY\"/> in it";

    private final Environment environment;

    private final LoggingPlan plan;

    private final @Nullable LineStates states;

    LoggingReport(Environment environment, LoggingPlan plan, @Nullable LineStates states) {
        this.environment = environment;
        this.plan = plan;
        this.states = states;
    }

    @Override
    public FeatureReport report() {
        if (!this.plan.logback()) {
            return steppedBack("the application does not log through Logback; the ids stand in the MDC",
                    List.of("JSON lines: org.springframework.boot:spring-boot-starter-logging"));
        }
        String own = this.plan.ownConfiguration();
        boolean running = this.states != null && this.states.running();
        if (own != null && !running) {
            return steppedBack("the application configures Logback itself with " + own, List.of(INCLUDE));
        }
        LoggingProperties properties = LoggingSettings.of(this.environment);
        Map<String, Object> details = new LinkedHashMap<>();
        List<String> destinations = new ArrayList<>();
        if (own != null) {
            details.put("configuration", own);
        }
        console(destinations, details, properties);
        files(destinations, details, properties);
        details.put("service", ServiceIdentities.from(this.environment).name());
        details.put("async", properties.isAsync());
        details.put("whenFull", id(properties.getWhenFull()));
        String summary = String.join(", ", destinations) + (writesAny(properties) ? "; " + way(properties) : "")
                + ((own != null) ? "; by " + own : "");
        boolean foreign = this.plan.console() == Output.BOOT;
        return new FeatureReport(FEATURE, foreign ? State.STEPPED_BACK : State.ON, summary, details, ignored());
    }

    private void console(List<String> destinations, Map<String, Object> details, LoggingProperties properties) {
        if (this.plan.console() == Output.BOOT) {
            destinations.add(this.environment.getProperty(LoggingPlan.CONSOLE_FORMAT) + " on the console, as "
                    + LoggingPlan.CONSOLE_FORMAT + " says");
            details.put("console", this.environment.getProperty(LoggingPlan.CONSOLE_FORMAT, ""));
        }
        else if (!RouteFactory.isConsoleOn(this.environment)) {
            destinations.add("nothing on the console");
        }
        else {
            String format = format(this.plan.json(), properties);
            destinations.add(format + " on the console");
            details.put("console", format);
        }
    }

    private void files(List<String> destinations, Map<String, Object> details, LoggingProperties properties) {
        String file = this.plan.file();
        if (file != null) {
            boolean boots = this.plan.fileOutput() == Output.BOOT;
            String format = boots ? this.environment.getProperty(LoggingPlan.FILE_FORMAT, "")
                    : format(this.plan.jsonFile(), properties);
            destinations.add(format + " in " + file + (boots ? "" : kept(RouteFactory.rotation(this.environment))));
            details.put("file", file);
            details.put("fileFormat", format);
        }
        properties.getFiles().forEach((name, tier) -> {
            destinations.add(levels(tier) + " in " + tier.getPath() + kept(RouteFactory.rotation(tier)));
            details.put("files." + name, String.valueOf(tier.getPath()));
        });
    }

    private static String levels(LevelFileProperties file) {
        return (file.getMinLevel() == file.getMaxLevel()) ? file.getMinLevel().name()
                : file.getMinLevel() + " to " + file.getMaxLevel();
    }

    private String format(boolean json, LoggingProperties properties) {
        if (!json) {
            return "text";
        }
        String encoder = properties.getEncoder();
        return StringUtils.hasText(encoder) ? "lines of " + encoder
                : "JSON lines, schema " + LoggingSettings.schema(properties).id();
    }

    private static String kept(Rotation rotation) {
        return " (kept " + (rotation.maxAge().isZero() ? "for ever" : rotation.maxAge().toDays() + " days")
                + ((rotation.maxTotalBytes() > 0)
                        ? ", at most " + DataSize.ofBytes(rotation.maxTotalBytes()).toMegabytes() + "MB" : "")
                + ")";
    }

    private static String way(LoggingProperties properties) {
        return properties.isAsync() ? "asynchronous, when full " + id(properties.getWhenFull()) : "synchronous";
    }

    private boolean writesAny(LoggingProperties properties) {
        return this.plan.console() == Output.LINES
                || (this.plan.file() != null && this.plan.fileOutput() == Output.LINES)
                || !properties.getFiles().isEmpty();
    }

    private List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (String output : new String[] { "console", "file" }) {
            String charset = this.environment.getProperty("logging.charset." + output);
            boolean json = output.equals("console") ? this.plan.json() : this.plan.jsonFile();
            if (json && StringUtils.hasText(charset) && !charset.equalsIgnoreCase("UTF-8")) {
                ignored.add("charset " + charset + " of logging.charset." + output + ": JSON lines are UTF-8");
            }
        }
        return ignored;
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static FeatureReport steppedBack(String why, List<String> missing) {
        return new FeatureReport(FEATURE, State.STEPPED_BACK, why, Map.of(), missing);
    }

}
