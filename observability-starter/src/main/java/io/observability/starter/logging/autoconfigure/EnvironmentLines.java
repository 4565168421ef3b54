package io.observability.starter.logging.autoconfigure;

import java.util.List;

import ch.qos.logback.core.Context;
import io.observability.starter.logging.LineRoute;
import io.observability.starter.logging.LineSource;

import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Routes by the settings of the application, for an appender in a configuration of its
 * own. Spring Boot puts the environment into the Logback context before it reads the
 * configuration; Logback alone, which reads a {@code logback.xml} earlier, does not, and
 * then system properties and environment variables are all there is.
 *
 * @since 0.1.0
 */
public final class EnvironmentLines implements LineSource {

    @Override
    public List<LineRoute> routes(Context context) {
        Environment environment = (context.getObject(Environment.class.getName()) instanceof Environment found) ? found
                : new StandardEnvironment();
        ClassLoader classLoader = EnvironmentLines.class.getClassLoader();
        return new RouteFactory(environment, LoggingPlan.of(environment, classLoader), LoggingSettings.of(environment),
                classLoader)
            .routes(context);
    }

}
