package io.observability.starter.context.autoconfigure;

import io.observability.starter.context.tomcat.ResponseHeadersValve;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Lets Tomcat have the headers of an answer as bytes.
 */
final class TomcatHeadersCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    @Override
    public int getOrder() {
        // Behind the valves of Spring Boot and of the application: the response that
        // reaches the filters is the one that is known.
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addEngineValves(new ResponseHeadersValve());
    }

}
