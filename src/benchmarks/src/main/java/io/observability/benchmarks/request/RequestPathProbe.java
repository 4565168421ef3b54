package io.observability.benchmarks.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

import jakarta.servlet.ServletException;

import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Asks variants of one class path a few times and prints, as properties, what they
 * answered and what was observed: variants are compared only when they do the same work.
 */
public final class RequestPathProbe {

    private static final int REQUESTS = 20;

    private RequestPathProbe() {
    }

    /**
     * Prints what the variants do.
     * @param args names of variants
     * @throws IOException if a service fails
     * @throws ServletException if a service fails
     */
    public static void main(String[] args) throws IOException, ServletException {
        Properties seen = new Properties();
        for (String variant : args) {
            long before = Delivery.SPANS.sum();
            ask(Variant.valueOf(variant)).forEach((name, value) -> seen.setProperty(variant + "." + name, value));
            // The last batch of spans leaves when the service ends.
            seen.setProperty(variant + ".spans", String.valueOf(Delivery.SPANS.sum() - before));
        }
        seen.store(System.out, null);
    }

    private static Map<String, String> ask(Variant variant) throws IOException, ServletException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (HelloService service = HelloService.start(variant, output)) {
            for (int i = 1; i < REQUESTS; i++) {
                service.get("/hello/" + i);
            }
            service.settle();
            output.reset();
            MockHttpServletResponse response = service.get("/hello/" + REQUESTS);
            service.settle();
            return Map.of("line", output.toString(StandardCharsets.UTF_8), "status",
                    String.valueOf(response.getStatus()), "body", response.getContentAsString(StandardCharsets.UTF_8),
                    "filters", String.join(",", service.filterNames()), "/metrics", scrape(service, "/metrics"),
                    "/actuator/prometheus", scrape(service, "/actuator/prometheus"));
        }
    }

    private static String scrape(HelloService service, String path) throws IOException, ServletException {
        MockHttpServletResponse response = service.get(path);
        return (response.getStatus() == 200) ? response.getContentAsString(StandardCharsets.UTF_8) : "";
    }

}
