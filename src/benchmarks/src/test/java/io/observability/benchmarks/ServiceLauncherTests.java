package io.observability.benchmarks;

import java.util.List;

import io.observability.benchmarks.service.ServiceVariant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of the real thing; what it cost decides nothing.
 */
class ServiceLauncherTests {

    @Test
    void asksAServiceAndTakesItsSpans() throws Exception {
        JsonNode sample = ServiceLauncher.smoke(List.of(ServiceVariant.STARTER_100)).get(0);
        assertThat(sample.get("variant").asString()).isEqualTo("STARTER_100");
        assertThat(sample.get("spans").asDouble()).isEqualTo(1);
        for (String figure : List.of("startMillis", "processorMicros", "bytes", "liveMegabytes", "threads",
                "scrapeMicros", "scrapeSeries")) {
            assertThat(sample.get(figure).asDouble()).as(figure).isPositive();
        }
    }

}
