package io.observability.starter.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real service on a free port, and its scrape.
 */
public final class ScrapedService implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private final int port;

    public ScrapedService(WebApplicationType type, Class<?> application, String... properties) {
        this.context = new SpringApplicationBuilder(application).web(type)
            .properties("server.port=0", "management.tracing.sampling.probability=1.0", "logging.level.root=error",
                    "spring.main.banner-mode=off",
                    // See TestService: a kept connection may be left unread.
                    "server.netty.max-keep-alive-requests=1")
            .run(Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new));
        this.port = ((WebServerApplicationContext) this.context).getWebServer().getPort();
    }

    public int port() {
        return this.port;
    }

    public <T> T bean(Class<T> type) {
        return this.context.getBean(type);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    public HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    public String scrape(String accept) {
        return get("/metrics", "Accept", accept).body();
    }

    /**
     * Value of one series in the text format.
     * @param series name and labels, in the order of the labels' names
     * @return the value, {@code NaN} if there is no such series
     */
    public double value(String series) {
        Matcher matcher = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)", Pattern.MULTILINE)
            .matcher(scrape("text/plain"));
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }

    @Override
    public void close() {
        this.context.close();
    }

}
