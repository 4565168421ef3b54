package io.observability.starter.tracing.servlet;

import java.util.stream.Stream;

import io.observability.starter.request.HttpEngine;
import io.observability.starter.tracing.CallbackServer;
import io.observability.starter.tracing.TraceContextSuite;
import io.observability.starter.tracing.TraceContextSuiteDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of W3C Trace Context level 2, seen from outside of a service on Tomcat.
 */
@ParameterizedClass
@EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
class TraceContextIntegrationTests {

    @Parameter
    HttpEngine engine;

    private static ConfigurableApplicationContext context;

    private static CallbackServer callbacks;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        callbacks = new CallbackServer();
        context = ServletTestService.start(ServletTestService.Server.TOMCAT, "observability.http.engine=" + engine);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        context.close();
        callbacks.close();
    }

    static Stream<TraceContextSuite.Case> cases() {
        return TraceContextSuite.cases();
    }

    @Test
    void suiteIsComplete() {
        assertThat(TraceContextSuite.cases()).hasSize(41);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void followsTheSpecification(TraceContextSuite.Case suiteCase) {
        TraceContextSuiteDriver.run(suiteCase, ServletTestService.port(context), callbacks);
    }

}
