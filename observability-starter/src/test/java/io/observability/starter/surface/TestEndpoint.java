package io.observability.starter.surface;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.observability.starter.context.Unobserved;

/**
 * Says what it was asked.
 */
record TestEndpoint(String path, Audience audience) implements SurfaceEndpoint {

    @Override
    public SurfaceResponse answer(SurfaceRequest request) {
        String body = "ours name=%s accept=%s none=%s unobserved=%s".formatted(request.parameters("name[]"),
                request.header("x-test"), request.header("x-none"), Unobserved.isActive());
        return new SurfaceResponse(200, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
    }

}
