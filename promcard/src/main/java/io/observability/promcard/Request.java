package io.observability.promcard;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where to ask, and as whom. What is secret is in the headers alone, which are never
 * printed.
 *
 * @param url the URL, without credentials
 * @param headers names and values of headers
 */
record Request(URI url, List<Map.Entry<String, String>> headers) {

    // RFC 9110: a token, and text without control characters.
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e\\t]*)");

    static Request of(String text, List<String> headers, @Nullable String user) throws CouldNotTellException {
        URI url = url(text);
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (String header : headers) {
            Matcher matcher = HEADER.matcher(header);
            if (!matcher.matches()) {
                throw new CouldNotTellException("A --header must be of the form 'Name: value'");
            }
            all.add(Map.entry(matcher.group(1), matcher.group(2)));
        }
        String credentials = (user != null) ? user : url.getUserInfo();
        if (credentials != null) {
            if (credentials.indexOf(':') < 0) {
                throw new CouldNotTellException("--user must be of the form NAME:PASSWORD");
            }
            String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
            all.add(Map.entry("Authorization", "Basic " + basic));
        }
        return new Request(withoutUser(url), List.copyOf(all));
    }

    private static URI url(String text) throws CouldNotTellException {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        }
        catch (URISyntaxException ex) {
            // As wrong as one without a host.
        }
        throw new CouldNotTellException(
                "--url must be a URL such as http://localhost:8080/metrics or " + "http://prometheus:9090, but is '"
                        + TerminalText.of(text.replaceFirst("//[^/@]*@", "//"), 200) + "'");
    }

    private static URI withoutUser(URI url) {
        String authority = url.getRawAuthority();
        String query = (url.getRawQuery() != null) ? "?" + url.getRawQuery() : "";
        return URI.create(url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1)
                + url.getRawPath() + query);
    }

}
