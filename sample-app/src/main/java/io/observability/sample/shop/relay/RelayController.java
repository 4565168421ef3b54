package io.observability.sample.shop.relay;

import java.net.URI;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;

/**
 * Calls what it is told to, one after the other, with the context of its own request:
 * that is how the public W3C trace context suite drives a service. In the {@code test}
 * profile alone, and never beyond this host.
 */
@RestController
@Profile("test")
class RelayController {

    private static final Logger LOGGER = LoggerFactory.getLogger(RelayController.class);

    private static final int MAX_CALLS = 100;

    private final RestClient client;

    RelayController(RestClient.Builder builder, ClientHttpRequestFactoryBuilder<?> factories,
            HttpClientSettings settings) {
        this.client = builder.requestFactory(factories.build(settings.withRedirects(HttpRedirects.DONT_FOLLOW)))
            .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
            })
            .build();
    }

    @PostMapping("/test")
    void relay(@RequestBody List<Call> calls) {
        if (calls.size() > MAX_CALLS) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "At most " + MAX_CALLS + " calls");
        }
        for (Call call : calls) {
            if (!LoopbackUrl.isOne(call.url())) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
                        "Only http and https URLs of this host are called");
            }
        }
        for (Call call : calls) {
            try {
                this.client.post()
                    .uri(URI.create(call.url()))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(call.arguments())
                    .retrieve()
                    .toBodilessEntity();
            }
            catch (RestClientException ex) {
                LOGGER.warn("Relayed call failed: {}", ex.getMessage());
            }
        }
    }

    /**
     * One call to make.
     *
     * @param url where to
     * @param arguments what to send
     */
    record Call(String url, JsonNode arguments) {

    }

}
