package io.observability.promcard;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Asks by GET. Each answer has a deadline until which it must be there as a whole, and a
 * largest size.
 */
final class HttpFetcher {

    /** Largest answer, unpacked; it is read as a stream and never kept. */
    static final long MAX_BODY = 1L << 30;

    private static final int MAX_REDIRECTS = 5;

    private final HttpClient client;

    private final Duration timeout;

    private final List<Map.Entry<String, String>> headers;

    HttpFetcher(SSLContext tls, Duration timeout, List<Map.Entry<String, String>> headers) {
        this.client = HttpClient.newBuilder()
            // What an upgrade to HTTP/2 would save, asking for it once more would cost.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .sslContext(tls)
            .build();
        this.timeout = timeout;
        this.headers = List.copyOf(headers);
    }

    /**
     * Ask.
     * @param url what
     * @param accept the types that are understood
     * @return the answer, whatever its status
     * @throws CouldNotTellException if there is none
     */
    HttpAnswer get(URI url, String accept) throws CouldNotTellException {
        URI next = url;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpAnswer answer = getOnce(next, accept);
            String location = redirection(answer);
            if (location == null) {
                return answer;
            }
            answer.close();
            URI target = target(next, location);
            if (!this.headers.isEmpty() && !origin(target).equals(origin(next))) {
                throw new CouldNotTellException(next + " leads on to " + target
                        + ", which is somebody else and is not told your credentials. Ask there directly");
            }
            next = target;
        }
        throw new CouldNotTellException(url + " leads on and on, " + MAX_REDIRECTS + " times");
    }

    /**
     * Say what went wrong while an answer was read.
     * @param answer the answer
     * @param failure what went wrong
     * @return what to tell
     */
    CouldNotTellException failed(HttpAnswer answer, IOException failure) {
        return HttpFailure.of(answer.url(), failure, this.timeout);
    }

    private HttpAnswer getOnce(URI url, String accept) throws CouldNotTellException {
        long deadline = System.nanoTime() + this.timeout.toNanos();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(this.timeout)
                .header("Accept", accept)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "promcard");
            this.headers.forEach((header) -> request.header(header.getKey(), header.getValue()));
            HttpResponse<InputStream> response = this.client.send(request.build(), (head) -> new TimedBody(deadline));
            return new HttpAnswer(url, response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(null), body(response));
        }
        catch (IOException ex) {
            throw HttpFailure.of(url, ex, this.timeout);
        }
        catch (IllegalArgumentException ex) {
            throw new CouldNotTellException(
                    "This can't be asked: " + TerminalText.of(String.valueOf(ex.getMessage()), 200));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CouldNotTellException("Interrupted while " + url + " was asked");
        }
    }

    private static InputStream body(HttpResponse<InputStream> response) throws IOException {
        InputStream body = new BoundedStream(response.body(), MAX_BODY);
        boolean packed = response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        // An unpacked bomb is as large as any other answer.
        return packed ? new BoundedStream(new GZIPInputStream(body, 16_384), MAX_BODY) : body;
    }

    private static @Nullable String redirection(HttpAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> answer.location();
            default -> null;
        };
    }

    private static URI target(URI from, String location) throws CouldNotTellException {
        try {
            URI target = from.resolve(location);
            if (target.getHost() != null && String.valueOf(target.getScheme()).matches("https?")) {
                return target;
            }
        }
        catch (IllegalArgumentException ex) {
            // As bad as one without a host.
        }
        throw new CouldNotTellException(
                from + " leads on to '" + TerminalText.of(location, 200) + "', which is no URL");
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }

}
