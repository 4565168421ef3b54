package io.observability.starter.tracing.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.observability.starter.tracing.RequestObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RequestObservationAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations
        .of(RequestObservationAutoConfiguration.class, ObservationAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(RequestObservationAutoConfiguration.class.getName());
    }

    @Test
    void takesThePlaceOfSpringBootsRegistryAndIsConfiguredAsThat() {
        List<String> seen = new ArrayList<>();
        this.runner.withBean(ObservationPredicate.class, () -> (name, context) -> seen.add(name)).run((context) -> {
            assertThat(context).hasSingleBean(ObservationRegistry.class)
                .hasSingleBean(RequestObservationRegistry.class);
            ObservationRegistry registry = context.getBean(ObservationRegistry.class);
            registry.observationConfig().observationHandler((any) -> true);
            Observation.createNotStarted("asked", registry).observe(() -> {
            });
        });
        assertThat(seen).contains("asked");
    }

    @Test
    void isAskedByWhatTravelsUntilItsContextIsClosed() {
        this.runner.run((context) -> assertThat(ObservationThreadLocalAccessor.getInstance().getObservationRegistry())
            .isSameAs(context.getBean(ObservationRegistry.class)));
        assertThat(ObservationThreadLocalAccessor.getInstance().getObservationRegistry())
            .isNotInstanceOf(RequestObservationRegistry.class);
    }

    @Test
    void aRegistryOfTheApplicationStays() {
        ObservationRegistry own = ObservationRegistry.create();
        this.runner.withBean(ObservationRegistry.class, () -> own)
            .run((context) -> assertThat(context.getBean(ObservationRegistry.class)).isSameAs(own));
    }

    @Test
    void switchedOffItLeavesTheRegistryToSpringBoot() {
        this.runner.withPropertyValues("observability.tracing.enabled=false")
            .run((context) -> assertThat(context).hasSingleBean(ObservationRegistry.class)
                .doesNotHaveBean(RequestObservationRegistry.class));
    }

    @Test
    void withoutAServletContainerItLeavesTheRegistryToSpringBoot() {
        new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
            .run((context) -> assertThat(context).hasSingleBean(ObservationRegistry.class)
                .doesNotHaveBean(RequestObservationRegistry.class));
    }

    @Test
    void withoutOpenTelemetryItLeavesTheRegistryToSpringBoot() {
        this.runner.withClassLoader(new FilteredClassLoader("io.opentelemetry.api"))
            .run((context) -> assertThat(context).doesNotHaveBean(RequestObservationRegistry.class));
    }

}
