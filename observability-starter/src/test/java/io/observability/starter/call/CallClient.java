package io.observability.starter.call;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The clients that Spring Boot's builders make.
 */
enum CallClient {

    REST_CLIENT {

        @Override
        String send(ApplicationContext service, Wish wish) {
            RestClient.Builder builder = service.getBean(RestClient.Builder.class)
                .requestInterceptor(interceptor(wish));
            if (wish.timeout() != null) {
                builder.requestFactory(ClientHttpRequestFactoryBuilder.detect().build(settings(wish.timeout())));
            }
            RestClient.RequestBodyUriSpec spec = builder.build().method(wish.method());
            RestClient.RequestBodySpec request = (wish.template() != null)
                    ? spec.uri(wish.base() + wish.template(), wish.variables()) : spec.uri(URI.create(wish.base()));
            return request.headers(wish.headers()).retrieve().toEntity(String.class).getStatusCode().toString();
        }

    },

    REST_TEMPLATE {

        @Override
        String send(ApplicationContext service, Wish wish) {
            RestTemplateBuilder builder = service.getBean(RestTemplateBuilder.class)
                .additionalInterceptors(interceptor(wish));
            if (wish.timeout() != null) {
                builder = builder.readTimeout(wish.timeout());
            }
            HttpHeaders headers = new HttpHeaders();
            wish.headers().accept(headers);
            HttpEntity<Void> entity = new HttpEntity<>(headers);
            RestTemplate template = builder.build();
            return ((wish.template() != null)
                    ? template.exchange(wish.base() + wish.template(), wish.method(), entity, String.class,
                            wish.variables())
                    : template.exchange(URI.create(wish.base()), wish.method(), entity, String.class))
                .getStatusCode()
                .toString();
        }

    },

    WEB_CLIENT {

        @Override
        String send(ApplicationContext service, Wish wish) {
            WebClient.Builder builder = service.getBean(WebClient.Builder.class).filter(filter(wish));
            if (wish.timeout() != null) {
                builder.clientConnector(ClientHttpConnectorBuilder.detect().build(settings(wish.timeout())));
            }
            WebClient.RequestBodyUriSpec spec = builder.build().method(wish.method());
            WebClient.RequestBodySpec request = (wish.template() != null)
                    ? spec.uri(wish.base() + wish.template(), wish.variables()) : spec.uri(URI.create(wish.base()));
            return request.headers(wish.headers())
                .retrieve()
                .toEntity(String.class)
                .block(Duration.ofSeconds(30))
                .getStatusCode()
                .toString();
        }

    };

    abstract String send(ApplicationContext service, Wish wish);

    private static HttpClientSettings settings(Duration timeout) {
        return HttpClientSettings.defaults().withReadTimeout(timeout);
    }

    private static ClientHttpRequestInterceptor interceptor(Wish wish) {
        return (request, body, execution) -> {
            wish.within().run();
            for (int i = 1; i < wish.attempts(); i++) {
                execution.execute(request, body).close();
            }
            return execution.execute(request, body);
        };
    }

    private static ExchangeFilterFunction filter(Wish wish) {
        return (request, next) -> {
            wish.within().run();
            return next.exchange(request)
                .repeat(wish.attempts() - 1)
                .concatMap((response) -> response.releaseBody().thenReturn(response))
                .last()
                .map((response) -> ClientResponse.create(response.statusCode())
                    .headers((headers) -> headers.addAll(response.headers().asHttpHeaders()))
                    .body("answer")
                    .build());
        };
    }

    /**
     * What is to be called, and how.
     *
     * @param template what comes behind the base, {@code null} to call the base as a URI
     * @param within is run within the call
     * @param attempts how often it is sent
     */
    record Wish(HttpMethod method, String base, @Nullable String template, Map<String, ?> variables,
            Consumer<HttpHeaders> headers, @Nullable Duration timeout, Runnable within, int attempts) {

        static Wish get(String base, @Nullable String template, Map<String, ?> variables) {
            return new Wish(HttpMethod.GET, base, template, variables, (headers) -> {
            }, null, () -> {
            }, 1);
        }

        Wish method(String method) {
            return new Wish(HttpMethod.valueOf(method), this.base, this.template, this.variables, this.headers,
                    this.timeout, this.within, this.attempts);
        }

        Wish headers(Consumer<HttpHeaders> headers) {
            return new Wish(this.method, this.base, this.template, this.variables, headers, this.timeout, this.within,
                    this.attempts);
        }

        Wish timeout(Duration timeout) {
            return new Wish(this.method, this.base, this.template, this.variables, this.headers, timeout, this.within,
                    this.attempts);
        }

        Wish within(Runnable within) {
            return new Wish(this.method, this.base, this.template, this.variables, this.headers, this.timeout, within,
                    this.attempts);
        }

        Wish attempts(int attempts) {
            return new Wish(this.method, this.base, this.template, this.variables, this.headers, this.timeout,
                    this.within, attempts);
        }

    }

}
