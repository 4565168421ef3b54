package io.observability.sample.shop.relay;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells URLs of this host from others, without asking a name server.
 */
final class LoopbackUrl {

    private static final Pattern HOST = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private LoopbackUrl() {
    }

    static boolean isOne(@Nullable String url) {
        if (url == null) {
            return false;
        }
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && host != null
                    && HOST.matcher(host).matches();
        }
        catch (URISyntaxException ex) {
            return false;
        }
    }

}
