package io.observability.starter.logging.autoconfigure;

import java.util.Arrays;

import ch.qos.logback.classic.LoggerContext;
import io.observability.starter.report.autoconfigure.ReportAutoConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that logs what applications log; run in a process of its own.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ LoggingAutoConfiguration.class, ReportAutoConfiguration.class })
public class LoggingTestApplication {

    private static final Logger logger = LoggerFactory.getLogger(LoggingTestApplication.class);

    public static void main(String[] arguments) {
        run(arguments);
        if (Arrays.asList(arguments).contains("--again")) {
            run(arguments);
        }
    }

    private static void run(String... arguments) {
        SpringApplication application = new SpringApplication(LoggingTestApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            if (context.getEnvironment().containsProperty("fail")) {
                throw new IllegalStateException("after start");
            }
            MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
            MDC.put("span_id", "00f067aa0ba902b7");
            MDC.put("request_id", "r-4711");
            logger.atInfo().addKeyValue("order", 7).log("ordered {}", "a shirt \u00e4\u20ac");
            logger.error("failed\nbadly", new IllegalStateException("no \"stock\""));
            if (context.getEnvironment().containsProperty("reset")) {
                ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
                logger.info("after the reset");
                logger.debug("not enabled");
            }
            LoggingSystem.get(LoggingTestApplication.class.getClassLoader())
                .setLogLevel(LoggingTestApplication.class.getName(), LogLevel.DEBUG);
            logger.debug("level changed");
            java.util.logging.Logger.getLogger("jul").info("from java.util.logging");
        }
    }

}
