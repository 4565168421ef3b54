package io.observability.starter.context.tomcat;

import java.io.IOException;

import io.observability.starter.context.servlet.ResponseHeaders;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Knows the response that a thread of Tomcat answers with, so that the starter's headers
 * get there as bytes. Thread-safe.
 *
 * @since 0.1.0
 * @see ResponseHeaders
 */
public final class ResponseHeadersValve extends ValveBase {

    /**
     * Create a valve.
     */
    public ResponseHeadersValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        TomcatHeaders headers = headers();
        headers.response(response);
        try {
            getNext().invoke(request, response);
        }
        finally {
            headers.response(null);
        }
    }

    private static TomcatHeaders headers() {
        if (ResponseHeaders.shortcut() instanceof TomcatHeaders known) {
            return known;
        }
        TomcatHeaders made = new TomcatHeaders();
        ResponseHeaders.shortcut(made);
        return made;
    }

}
