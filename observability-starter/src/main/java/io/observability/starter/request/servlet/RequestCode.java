package io.observability.starter.request.servlet;

import io.observability.starter.request.RequestTimes;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The code that a request of a servlet container is counted by.
 *
 * @since 0.1.0
 */
public final class RequestCode {

    private RequestCode() {
    }

    /**
     * Code of a request that has ended.
     * @param status status code of the response
     * @param error what went wrong, {@code null} for nothing
     * @return the status, or what the error makes of it: an exception that escapes leaves
     * the status as it was if the answer had begun
     */
    public static int of(int status, @Nullable Throwable error) {
        if (error == null) {
            return status;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            return RequestTimes.CLIENT_GONE;
        }
        return (status < HttpServletResponse.SC_BAD_REQUEST) ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : status;
    }

}
