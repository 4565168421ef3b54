package io.observability.starter.call;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import io.observability.starter.request.HttpEngine;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service on each engine, and the server that both call. Its address is the property
 * {@code called.url}.
 */
final class CallServices implements AutoCloseable {

    private final Map<HttpEngine, ConfigurableApplicationContext> services = new EnumMap<>(HttpEngine.class);

    private final CalledServer server = new CalledServer();

    /**
     * Start both.
     * @param source the service
     * @param properties what it is set to besides
     */
    CallServices(Class<?> source, String... properties) {
        for (HttpEngine engine : List.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION)) {
            this.services.put(engine,
                    new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
                        .properties(Stream
                            .concat(Stream.of("spring.main.banner-mode=off", "called.url=" + this.server.url(),
                                    "observability.http.client.engine=" + engine,
                                    "observability.tracing.sampling.probability=1"), Stream.of(properties))
                            .toArray(String[]::new))
                        .run());
            assertThat(service(engine).getBean(CallEngine.class).engine()).isEqualTo(engine);
        }
    }

    ConfigurableApplicationContext service(HttpEngine engine) {
        return Objects.requireNonNull(this.services.get(engine));
    }

    CalledServer server() {
        return this.server;
    }

    CallTraces traces(HttpEngine engine) {
        return new CallTraces(service(engine), this.server);
    }

    /**
     * Forget what earlier calls have left.
     */
    void forget() {
        this.server.calls().clear();
        this.services.keySet().forEach((engine) -> traces(engine).forget());
    }

    /**
     * Make a call on each engine.
     * @param call makes the call, and tells the result
     * @param parent span that is current, if one is
     * @return what it leaves behind on both
     */
    Map<String, Object> sameOnBoth(Function<ApplicationContext, String> call, @Nullable SpanContext parent) {
        Map<String, Object> direct = leaves(HttpEngine.DIRECT, call, parent);
        assertThat(direct).isEqualTo(leaves(HttpEngine.OBSERVATION, call, parent));
        return direct;
    }

    private Map<String, Object> leaves(HttpEngine engine, Function<ApplicationContext, String> call,
            @Nullable SpanContext parent) {
        forget();
        return traces(engine).of(call, parent);
    }

    @Override
    public void close() {
        this.services.values().forEach(ConfigurableApplicationContext::close);
        this.server.close();
    }

    /**
     * A service that has nothing but its clients.
     */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        InMemorySpanExporter spanExporter() {
            return InMemorySpanExporter.create();
        }

    }

}
