package io.observability.starter.logging.servlet;

import io.observability.starter.logging.access.AccessRecord;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What of a servlet request stands on its access line.
 *
 * @param path whether its path does
 * @param clientAddress whether the client's address does
 * @param userAgent whether the header {@code User-Agent} does
 * @since 0.1.0
 */
public record AccessDetails(boolean path, boolean clientAddress, boolean userAgent) {

    void read(HttpServletRequest request, AccessRecord accessRecord) {
        accessRecord.protocol(request.getProtocol());
        accessRecord.requestBytes(request.getContentLengthLong());
        if (this.path) {
            accessRecord.path(request.getRequestURI());
        }
        if (this.clientAddress || this.userAgent) {
            accessRecord.client(this.clientAddress ? request.getRemoteAddr() : null,
                    this.userAgent ? request.getHeader("User-Agent") : null);
        }
    }

}
