package io.observability.promcard;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Finds out whether a URL is a page of metrics or a Prometheus server.
 */
final class SourceProbe {

    private static final String METRICS = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    // What a user copies from the address line of the browser.
    private static final Pattern WITHIN_SERVER = Pattern.compile("/*(/api/v1(/.*)?|/graph|/query|/targets)?/*$");

    private final HttpFetcher fetcher;

    private final Question question;

    SourceProbe(HttpFetcher fetcher, Question question) {
        this.fetcher = fetcher;
        this.question = question;
    }

    /**
     * Ask for the page itself.
     * @return what came back, unread
     * @throws CouldNotTellException if the server can't be asked, or does not let us in
     */
    HttpAnswer page() throws CouldNotTellException {
        HttpAnswer answer = this.fetcher.get(this.question.url(), METRICS);
        if (isLastWord(answer.status())) {
            answer.close();
            throw HttpFailure.of(answer, null);
        }
        return answer;
    }

    boolean isPage(HttpAnswer answer) {
        return answer.status() == 200 && (answer.contentType().isEmpty() || answer.isOfType("text/plain")
                || answer.isOfType("application/openmetrics-text") || answer.isOfType("application/octet-stream"));
    }

    /**
     * Ask for the API of a server.
     * @param page what the URL itself answered
     * @return the server
     * @throws CouldNotTellException if there is none
     */
    PrometheusServer server(HttpAnswer page) throws CouldNotTellException {
        page.close();
        URI base = base(this.question.url());
        // Its own time: the windows must not depend on how our clocks differ.
        URI api = URI.create(base + "/api/v1/query?query=time()");
        try (HttpAnswer answer = this.fetcher.get(api, "application/json")) {
            if (isLastWord(answer.status())) {
                throw HttpFailure.of(answer, null);
            }
            ScalarReader time = new ScalarReader();
            try {
                PrometheusAnswer read = new PrometheusAnswer(
                        new JsonReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
                read.read(time);
                if (answer.status() == 200 && read.isSuccess()) {
                    return new PrometheusServer(this.fetcher, base, time.value(), this.question.lookback());
                }
            }
            catch (JsonReader.MalformedJsonException | NumberFormatException ex) {
                // Somebody else's JSON, or none at all.
            }
            catch (IOException ex) {
                if (answer.status() == 200) {
                    throw this.fetcher.failed(answer, ex);
                }
            }
            throw neither(page, answer);
        }
    }

    private CouldNotTellException neither(HttpAnswer page, HttpAnswer api) {
        return new CouldNotTellException(
                "%s is neither a page of metrics nor a Prometheus server: it answered %s, and %s answered %s. A service with this starter has its metrics at /metrics, one with Spring Boot's actuator alone at /actuator/prometheus"
                    .formatted(this.question.url(), described(page), api.url(), described(api)));
    }

    private static String described(HttpAnswer answer) {
        if (answer.isOfType("text/html")) {
            return answer.status() + " with a web page";
        }
        return answer.contentType().isEmpty() ? String.valueOf(answer.status())
                : answer.status() + " with " + TerminalText.of(answer.contentType(), 60);
    }

    private static boolean isLastWord(int status) {
        return status == 401 || status == 403 || status == 407 || status == 429 || status >= 500;
    }

    private static URI base(URI url) {
        String path = WITHIN_SERVER.matcher(url.getRawPath()).replaceFirst("");
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
    }

    /**
     * Reads <code>{"resultType":"scalar","result":[1764086400.5,"1764086400.5"]}</code>.
     */
    private static final class ScalarReader implements PrometheusAnswer.Data {

        private String text = "";

        @Override
        public void read(JsonReader json) throws IOException, CouldNotTellException {
            if (!json.isObject()) {
                json.skip();
                return;
            }
            json.readObject((member) -> {
                if (member.equals("result") && json.isArray()) {
                    json.readArray(() -> readPart(json));
                }
                else {
                    json.skip();
                }
            });
        }

        double value() {
            return Double.parseDouble(this.text);
        }

        private void readPart(JsonReader json) throws IOException, CouldNotTellException {
            if (json.isString()) {
                this.text = json.readString();
            }
            else {
                json.skip();
            }
        }

    }

}
