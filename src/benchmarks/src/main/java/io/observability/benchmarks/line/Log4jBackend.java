package io.observability.benchmarks.line;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/**
 * Log4j 2 with the template that follows the Elastic Common Schema.
 */
final class Log4jBackend implements LineBackend {

    private final LoggerContext context;

    Log4jBackend(LineRow row, LineSink sink) {
        this.context = LoggerContext.getContext(false);
        Configuration configuration = this.context.getConfiguration();
        JsonTemplateLayout layout = JsonTemplateLayout.newBuilder()
            .setConfiguration(configuration)
            .setEventTemplateUri("classpath:EcsLayout.json")
            .build();
        OutputStreamAppender appender = OutputStreamAppender.createAppender(layout, null, sink, row.name(), false,
                true);
        appender.start();
        var root = configuration.getRootLogger();
        root.getAppenders().keySet().forEach(root::removeAppender);
        root.setLevel(Level.INFO);
        root.addAppender(appender, null, null);
        this.context.updateLoggers();
    }

    @Override
    public void close() {
        this.context.stop();
    }

}
