package io.observability.starter.context.tomcat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.observability.starter.context.servlet.ResponseHeaders;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Gives Tomcat the bytes of headers. For a header that is text Tomcat makes an encoder
 * with two buffers for the name, and once more for the value. Belongs to one thread.
 */
final class TomcatHeaders implements ResponseHeaders.Shortcut {

    // Few: the names are settings.
    private static final Map<String, byte[]> NAMES = new ConcurrentHashMap<>();

    private @Nullable Response response;

    void response(@Nullable Response current) {
        this.response = current;
    }

    @Override
    public boolean set(HttpServletResponse asked, String name, String value) {
        Response own = this.response;
        // A wrapper may want to see the header, and of text that is not plain Tomcat
        // knows what to do.
        if (own == null || own.getResponse() != asked || own.isCommitted() || !isPlain(value)) {
            return false;
        }
        MimeHeaders headers = own.getCoyoteResponse().getMimeHeaders();
        if (headers.findHeader(name, 0) >= 0) {
            return false;
        }
        byte[] key = NAMES.computeIfAbsent(name, TomcatHeaders::bytes);
        byte[] text = bytes(value);
        headers.addValue(key, 0, key.length).setBytes(text, 0, text.length);
        return true;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

}
