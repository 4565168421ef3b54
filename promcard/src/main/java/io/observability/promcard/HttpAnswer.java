package io.observability.promcard;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An answer whose body is still to be read.
 *
 * @param url what was asked, without credentials
 * @param status the status
 * @param contentType the type that it says it has, or an empty text
 * @param location where it leads on to, or {@code null}
 * @param body the body, unpacked, bounded in size and time
 */
record HttpAnswer(URI url, int status, String contentType, @Nullable String location,
        InputStream body) implements AutoCloseable {

    boolean isOfType(String type) {
        String mediaType = this.contentType.split(";", 2)[0];
        return mediaType.strip().toLowerCase(Locale.ROOT).equals(type);
    }

    @Override
    public void close() {
        try {
            this.body.close();
        }
        catch (IOException ex) {
            // Nobody waits for the rest of it.
        }
    }

}
