package io.observability.starter.metrics.business.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration;
import io.observability.starter.metrics.business.BusinessMetricMisuseException;
import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.CountedByResult;
import io.observability.starter.metrics.business.Objectives;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.settings.InvalidSettingException;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BusinessMetricsAutoConfiguration}.
 */
class BusinessMetricsAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BusinessMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
                org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class));

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
            .contains(BusinessMetricsAutoConfiguration.class.getName());
    }

    @Test
    void recordsWhereTheApplicationsMetersAre() {
        this.runner.run((context) -> {
            context.getBean(BusinessMetrics.class).calls("shop.mails", "Mails.").success();
            assertThat(scrape(context)).contains("shop_mails_total{exception=\"none\",result=\"success\"} 1.0")
                .contains("observability_business_misuse_total{check=\"name\"} 0.0");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "observability.metrics.business.slo.shop.order.value=75,100 | shop_order_value_eur_bucket{le=\"75.0\"}",
            "observability.metrics.business.slo.shop.order.value[0]=75 | shop_order_value_eur_bucket{le=\"75.0\"}",
            "observability.metrics.business.slo.shop.checkout=300ms,1s | shop_checkout_seconds_bucket{le=\"0.3\"}",
            "observability.metrics.business.slo.shop.checkout=300 | shop_checkout_seconds_bucket{le=\"0.3\"}" })
    void objectivesBecomeBuckets(String property, String bucket) {
        this.runner.withPropertyValues(property.strip()).run((context) -> {
            BusinessMetrics metrics = context.getBean(BusinessMetrics.class);
            metrics.histogram("shop.order.value", "Value.", "eur", 10);
            metrics.timer("shop.checkout", "Check-outs.", Duration.ofMillis(50));
            assertThat(scrape(context)).contains(bucket.strip());
            assertThat(metrics.misuses()).isEmpty();
        });
    }

    @Test
    void bucketsThatSpringBootTakesAwayAreFound() {
        this.runner
            .withPropertyValues("observability.metrics.business.slo.shop.order.value=75",
                    "management.metrics.distribution.slo.shop.order.value=10,50",
                    "observability.metrics.business.strict=true")
            .run((context) -> assertThatExceptionOfType(BusinessMetricMisuseException.class)
                .isThrownBy(() -> context.getBean(BusinessMetrics.class).histogram("shop.order.value", "Value.", "eur"))
                .withMessageContaining("has no bucket that ends at its objective 75.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "soon", "-1", "0", "0ms", "10,", "10,x", "NaN" })
    void anObjectiveThatIsNoneStopsTheStart(String value) {
        this.runner.withPropertyValues("observability.metrics.business.slo.shop.order.value=" + value)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("observability.metrics.business.slo.shop.order.value")
                .hasMessageContaining("a number above 0, or a duration such as 300ms"));
    }

    @Test
    void tooManyObjectivesStopTheStart() {
        this.runner.withPropertyValues("observability.metrics.business.slo.shop.order.value=" + "1,".repeat(21) + "1")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a list of 1 to 20 objectives"));
    }

    @Test
    void annotatedCallsAreCounted() {
        this.runner.withBean(Mails.class).run((context) -> {
            assertThat(scrape(context)).as("from the start")
                .contains("shop_mails_total{exception=\"none\",result=\"success\"} 0.0");
            Mails mails = context.getBean(Mails.class);
            mails.send(true);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> mails.send(false));
            CompletableFuture<String> later = new CompletableFuture<>();
            assertThat(mails.sendLater(later)).isSameAs(later);
            assertThat(scrape(context)).contains("shop_mails_total{exception=\"none\",result=\"success\"} 1.0")
                .contains("shop_mails_total{exception=\"IOException\",result=\"failure\"} 1.0")
                .contains("shop_later_total{exception=\"none\",result=\"success\"} 0.0");
            later.complete("done");
            CompletableFuture<String> failed = new CompletableFuture<>();
            mails.sendLater(failed.thenApply((text) -> text));
            failed.completeExceptionally(new IllegalStateException());
            assertThat(scrape(context)).contains("shop_later_total{exception=\"none\",result=\"success\"} 1.0")
                .contains("shop_later_total{exception=\"IllegalStateException\",result=\"failure\"} 1.0");
            assertThat(context.getBean(BusinessMetrics.class).misuses()).isEmpty();
        });
    }

    @Test
    void anAnnotationOnAnInterfaceCounts() {
        this.runner.withBean(Sender.class, () -> (text) -> {
        }).withBean("proxied", SenderOfText.class).run((context) -> {
            context.getBean("proxied", Sender.class).send("hello");
            assertThat(scrape(context)).contains("shop_texts_total{exception=\"none\",result=\"success\"} 1.0");
        });
    }

    @Test
    void whatCannotBeCountedIsFound() {
        this.runner.withBean(Unseen.class)
            .run((context) -> assertThat(context.getBean(BusinessMetrics.class).misuses())
                .anySatisfy((said) -> assertThat(said).contains("'shop.hidden' does not count Unseen.hidden"))
                .anySatisfy((said) -> assertThat(said).contains("'shop.last' does not count Unseen.last"))
                .anySatisfy((said) -> assertThat(said).contains("'shop.mono' counts that Unseen.mono was called"))
                .anySatisfy((said) -> assertThat(said).contains("'shop.bad.total' should not end with 'total'"))
                .hasSize(4));
    }

    @Test
    void strictStopsTheStart() {
        this.runner.withBean(Unseen.class)
            .withPropertyValues("observability.metrics.business.strict=true")
            .run((context) -> assertThat(context).getFailure().isInstanceOf(BusinessMetricMisuseException.class));
        this.runner.withBean(Mails.class)
            .withPropertyValues("observability.metrics.business.strict=true")
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void saysWhatStoppedTheStart() {
        FailureAnalyzer analyzer = SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, (type, name, failure) -> {
            })
            .stream()
            .filter(BusinessMetricMisuseFailureAnalyzer.class::isInstance)
            .findFirst()
            .orElseThrow();
        assertThatExceptionOfType(BusinessMetricMisuseException.class)
            .isThrownBy(() -> BusinessMetrics.strict(new SimpleMeterRegistry()).calls("shop.mails.total", "Mails."))
            .satisfies((ex) -> {
                FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(ex));
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription()).isEqualTo(
                        "Metric 'shop.mails.total' should not end with 'total': Prometheus gives that suffix a meaning, and adds it.");
                assertThat(analysis.getAction()).contains("observability.metrics.business.strict");
            });
    }

    @Test
    void backsOffForTheUsersBeans() {
        BusinessMetrics own = BusinessMetrics.of(new SimpleMeterRegistry());
        this.runner.withBean("own", BusinessMetrics.class, () -> own)
            .withBean("ownObjectives", Objectives.class, () -> Objectives.NONE)
            .withPropertyValues("observability.metrics.business.slo.shop.order.value=75")
            .run((context) -> {
                assertThat(context.getBean(BusinessMetrics.class)).isSameAs(own);
                assertThat(context).doesNotHaveBean("observabilityBusinessObjectives");
            });
    }

    @ParameterizedTest
    @ValueSource(strings = { "observability.enabled=false", "observability.metrics.business.enabled=false" })
    void switchedOffItCanBeUsedAndRecordsNothing(String property) {
        this.runner.withBean(Mails.class).withPropertyValues(property).run((context) -> {
            BusinessMetrics metrics = context.getBean(BusinessMetrics.class);
            metrics.calls("shop.orders", "Orders.").success();
            metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(1)).set(1);
            context.getBean(Mails.class).send(true);
            assertThat(scrape(context)).doesNotContain("shop_").doesNotContain("misuse");
            assertThat(context).doesNotHaveBean(Objectives.class)
                .doesNotHaveBean(CountedByResultPostProcessor.class)
                .doesNotHaveBean(BusinessMetricsReport.class);
        });
    }

    @Test
    void withoutARegistryItCanBeUsed() {
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BusinessMetricsAutoConfiguration.class))
            .run((context) -> context.getBean(BusinessMetrics.class).calls("shop.orders", "Orders.").success());
    }

    @Test
    void withoutMicrometerThereIsNothing() {
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BusinessMetricsAutoConfiguration.class))
            .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("observabilityBusinessMetrics"));
    }

    @Test
    void withoutSpringsProxiesOnlyTheAnnotationIsMissing() {
        this.runner.withClassLoader(new FilteredClassLoader(MethodInterceptor.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(BusinessMetrics.class)
                .doesNotHaveBean("observabilityCountedByResultPostProcessor"));
    }

    @Test
    void reportsObjectivesAndWhatIsWrong() {
        this.runner.withBean(Unseen.class)
            .withPropertyValues("observability.metrics.business.slo.shop.order.value=75")
            .run((context) -> {
                FeatureReport report = context.getBean(BusinessMetricsReport.class).report();
                assertThat(report.feature()).isEqualTo("metrics.business");
                assertThat(report.summary()).isEqualTo("meters with objectives: 1; not as they should be: 4");
            });
    }

    private static String scrape(AssertableApplicationContext context) {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    static class Mails {

        @CountedByResult(value = "shop.mails", description = "Mails.")
        void send(boolean works) throws IOException {
            if (!works) {
                throw new IOException();
            }
        }

        @CountedByResult("shop.later")
        CompletionStage<String> sendLater(CompletionStage<String> answer) {
            return answer;
        }

    }

    interface Sender {

        @CountedByResult("shop.texts")
        void send(String text);

    }

    static class SenderOfText implements Sender {

        @Override
        public void send(String text) {
        }

    }

    static class Unseen {

        @CountedByResult("shop.last")
        final void last() {
            hidden();
        }

        @CountedByResult("shop.hidden")
        private void hidden() {
        }

        @CountedByResult("shop.mono")
        Mono<String> mono() {
            return Mono.just("later");
        }

        @CountedByResult("shop.bad.total")
        void bad() {
        }

    }

}
