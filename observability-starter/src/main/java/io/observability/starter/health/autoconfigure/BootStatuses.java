package io.observability.starter.health.autoconfigure;

import io.observability.starter.health.HealthStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Spring Boot's statuses as ours. Besides {@code DOWN} and {@code OUT_OF_SERVICE} a
 * status fails if Boot's own endpoint answers it with a server error
 * ({@code management.endpoint.health.status.http-mapping}).
 */
final class BootStatuses {

    private final ObjectProvider<HttpCodeStatusMapper> httpCodes;

    BootStatuses(ObjectProvider<HttpCodeStatusMapper> httpCodes) {
        this.httpCodes = httpCodes;
    }

    HealthStatus of(@Nullable Health health) {
        if (health == null) {
            return HealthStatus.DOWN;
        }
        Status status = health.getStatus();
        if (Status.DOWN.equals(status)) {
            return HealthStatus.DOWN;
        }
        if (Status.OUT_OF_SERVICE.equals(status)) {
            return HealthStatus.OUT_OF_SERVICE;
        }
        HttpCodeStatusMapper mapper = this.httpCodes.getIfAvailable();
        return new HealthStatus(status.getCode(), mapper != null && mapper.getStatusCode(status) >= 500);
    }

}
