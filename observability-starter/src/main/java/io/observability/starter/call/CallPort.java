package io.observability.starter.call;

import java.net.URI;

/**
 * Port of a call that goes out.
 *
 * @since 0.1.0
 */
public final class CallPort {

    private CallPort() {
    }

    /**
     * Port that a URI names, or that its scheme stands for.
     * @param uri the URI
     * @return the port, or 0 if it is not known
     */
    public static int of(URI uri) {
        int port = uri.getPort();
        if (port >= 0) {
            return port;
        }
        String scheme = uri.getScheme();
        return "https".equalsIgnoreCase(scheme) ? 443 : ("http".equalsIgnoreCase(scheme) ? 80 : 0);
    }

}
