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
        JsonNode samples = ServiceLauncher.smoke(List.of(ServiceVariant.STARTER_100));
        assertThat(samples.findValuesAsString("variant")).containsOnly("STARTER_100");
        assertThat(samples.findValue("spans").asDouble()).isEqualTo(1);
        for (String figure : List.of("startMillis", "bytes", "liveMegabytes", "threads", "scrapeBytes",
                "scrapeSeries")) {
            assertThat(samples.findValue(figure).asDouble()).as(figure).isPositive();
        }
        // Processor time comes in steps of 10 ms: what is this short may have taken none.
        assertThat(samples.findValue("processorMicros").asDouble()).isNotNegative();
        assertThat(samples.findValue("scrapeMicros").asDouble()).isNotNegative();
    }

}
