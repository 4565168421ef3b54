package io.observability.promcard;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong on the way, and what may help.
 */
final class HttpFailure {

    // How the JDK's client says that what came is no HTTP.
    private static final Pattern NO_HTTP = Pattern.compile("header parser received no bytes|status line");

    private HttpFailure() {
    }

    static CouldNotTellException of(URI url, IOException failure, Duration timeout) {
        return new CouldNotTellException(text(url, failure, timeout));
    }

    /**
     * A status that is no answer to the question.
     * @param answer the answer
     * @param said what it says beside its status, or {@code null}
     * @return what to tell
     */
    static CouldNotTellException of(HttpAnswer answer, @Nullable String said) {
        String hint = switch (answer.status()) {
            case 400 -> ". Is it https, and not http?";
            case 401 -> ": it wants credentials. Give them with --user or --header 'Authorization: Bearer …'";
            case 403 -> ": it does not let you in. Do --user or --header name somebody who may read metrics?";
            case 404 -> ": there is nothing. Is the path right?";
            case 406 -> ": it has neither Prometheus' text format nor OpenMetrics";
            case 429 -> ": it has too many requests. Try again later";
            case 502, 503, 504 -> ": the server, or one behind it, is not available. Try again later";
            default -> "";
        };
        String text = answer.url() + " answered " + answer.status();
        return new CouldNotTellException(
                text + ((said != null) ? ": " + TerminalText.of(said, 300) : hint.replace("…", "...")));
    }

    private static String text(URI url, IOException failure, Duration timeout) {
        if (causedBy(failure, BoundedStream.AnswerTooLargeException.class)) {
            return "The answer of " + url + " is larger than " + (HttpFetcher.MAX_BODY >> 20)
                    + " MiB. Narrow the question with --metric";
        }
        if (causedBy(failure, HttpTimeoutException.class)) {
            return url + " did not answer completely within " + seconds(timeout) + ". Give it longer with --timeout";
        }
        if (causedBy(failure, UnresolvedAddressException.class)) {
            return "There is no host " + url.getHost() + " (" + url + ")";
        }
        if (causedBy(failure, ConnectException.class)) {
            return "Nothing listens at " + url.getHost() + ":" + port(url) + ", the connection was refused (" + url
                    + ")";
        }
        if (causedBy(failure, SSLException.class)) {
            return tlsText(url, failure);
        }
        String said = TerminalText.of(message(failure), 200);
        if (causedBy(failure, ZipException.class) || said.contains("ZLIB")) {
            return "The answer of " + url + " is packed and breaks off, or is not packed as it says: " + said;
        }
        boolean noHttp = NO_HTTP.matcher(said).find();
        return url + " gave no whole answer: " + said
                + ((noHttp && url.getScheme().equals("http")) ? ". If it speaks TLS, its URL begins with https" : "");
    }

    private static String tlsText(URI url, IOException failure) {
        String said = TerminalText.of(message(failure), 200);
        if (said.contains("nrecognized SSL message")) {
            return url + " does not speak TLS. Does its URL begin with http?";
        }
        if (causedBy(failure, SSLHandshakeException.class)) {
            return "The certificate of " + url + " is not believed: " + said
                    + ". Name its authority with --cacert, or believe anybody with --insecure";
        }
        return "TLS with " + url + " failed: " + said;
    }

    private static boolean causedBy(@Nullable Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return (message != null) ? message : failure.getClass().getSimpleName();
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }

    private static String seconds(Duration timeout) {
        return (timeout.toMillis() / 1000.0) + " s";
    }

}
