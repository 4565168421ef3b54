package io.observability.sample.shop.failure;

import java.net.InetAddress;
import java.net.UnknownHostException;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Lets in whoever calls from this host and not through a proxy: an operator with a shell,
 * or one who forwards a port.
 */
final class OperatorGate {

    private final boolean remote;

    OperatorGate(boolean remote) {
        this.remote = remote;
    }

    boolean isOpen() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return this.remote || (attributes instanceof ServletRequestAttributes servlet && isLocal(servlet.getRequest()));
    }

    private static boolean isLocal(HttpServletRequest request) {
        if (request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null) {
            return false;
        }
        try {
            // An address, so no name is looked up.
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        }
        catch (UnknownHostException ex) {
            return false;
        }
    }

}
