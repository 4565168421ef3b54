package io.observability.starter.tracing.servlet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * A service on a servlet container, with Spring Security in front that lets all pass.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ServletTestService {

    static ConfigurableApplicationContext start(Server server, String... properties) {
        return new SpringApplicationBuilder(ServletTestService.class).web(WebApplicationType.SERVLET)
            .initializers((context) -> ((GenericApplicationContext) context).registerBean(ServletWebServerFactory.class,
                    server.factory))
            .properties("server.port=0", "spring.main.banner-mode=off",
                    // Else Tomcat's registry is off for every later test of this process.
                    "server.tomcat.mbeanregistry.enabled=true")
            .properties(properties)
            .run();
    }

    static int port(ConfigurableApplicationContext context) {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http) {
        return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
            .csrf(AbstractHttpConfigurer::disable)
            .build();
    }

    @Bean
    FailureLogIntegrationTests.Leftovers leftovers() {
        return new FailureLogIntegrationTests.Leftovers();
    }

    @Bean
    InMemorySpanExporter spanExporter() {
        return InMemorySpanExporter.create();
    }

    @Bean
    SurfaceEndpoint probe() {
        return new SurfaceEndpoint() {

            @Override
            public String path() {
                return "/probe";
            }

            @Override
            public Audience audience() {
                return Audience.PROBE;
            }

            @Override
            public SurfaceResponse answer(SurfaceRequest request) {
                return new SurfaceResponse(200, Map.of("Content-Type", "text/plain"), new byte[0]);
            }

        };
    }

    enum Server {

        TOMCAT(TomcatServletWebServerFactory::new), JETTY(JettyServletWebServerFactory::new);

        private final Supplier<ServletWebServerFactory> factory;

        Server(Supplier<ServletWebServerFactory> factory) {
            this.factory = factory;
        }

    }

    @RestController
    static class Controller {

        private final RestClient client;

        private final ObservationRegistry observations;

        private final Tracer tracer;

        private final AsyncTaskExecutor tasks;

        Controller(RestClient.Builder builder, ObservationRegistry observations, Tracer tracer,
                AsyncTaskExecutor tasks) {
            this.client = builder.build();
            this.observations = observations;
            this.tracer = tracer;
            this.tasks = tasks;
        }

        @GetMapping("/observed")
        Map<String, String> observed(HttpServletRequest request) throws Exception {
            String child = Observation.createNotStarted("child", this.observations)
                .observe(() -> this.tracer.currentSpan().context().parentId());
            String afterwards = spanId();
            String onAnotherThread = this.tasks.submit(() -> spanId() + "," + MDC.get("span_id")).get();
            ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent((context) -> context.addHighCardinalityKeyValue(KeyValue.of("order", "4711"))
                    .setError(new IllegalStateException("told")));
            return Map.of("span", afterwards, "child", child, "other", onAnotherThread, "mdc", MDC.get("span_id"));
        }

        private String spanId() {
            return this.tracer.currentSpan().context().spanId();
        }

        @PostMapping("/test")
        String test(@RequestBody List<Map<String, Object>> calls) {
            for (Map<String, Object> call : calls) {
                this.client.post()
                    .uri(String.valueOf(call.get("url")))
                    .body(String.valueOf(call.get("arguments")))
                    .retrieve()
                    .toBodilessEntity();
            }
            return "ok";
        }

        @GetMapping("/ids/{any}")
        Map<String, String> ids(@PathVariable String any) {
            return MDC.getCopyOfContextMap();
        }

        @GetMapping("/status/{status}")
        ResponseEntity<String> status(@PathVariable int status) {
            return ResponseEntity.status(status).body("as you wish");
        }

        @GetMapping("/fail")
        String fail() {
            throw new IllegalStateException("failed in the request");
        }

        @GetMapping("/fail-wrapped")
        String failWrapped() throws ServletException {
            throw new ServletException("outside", new IllegalStateException("failed within"));
        }

        @GetMapping("/fail-later")
        Callable<String> failLater() {
            return () -> {
                throw new IllegalStateException("failed in the dispatch");
            };
        }

    }

}
