package io.observability.starter.surface;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer: status, headers and the whole body. The body is written as it is;
 * {@code Content-Length} is added, and for {@code HEAD} the body is left out.
 *
 * @param status the HTTP status
 * @param headers the headers, names as they are to be sent
 * @param body the body; not copied, so not to be changed afterwards
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record SurfaceResponse(int status, Map<String, String> headers, byte[] body) {

    /**
     * A JSON answer that no cache may keep.
     * @param status the HTTP status
     * @param json the JSON text
     * @return the answer
     */
    public static SurfaceResponse json(int status, String json) {
        return new SurfaceResponse(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                json.getBytes(StandardCharsets.UTF_8));
    }

}
