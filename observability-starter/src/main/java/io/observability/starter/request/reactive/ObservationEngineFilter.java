package io.observability.starter.request.reactive;

import org.springframework.web.server.WebFilter;

/**
 * A filter that has work to do with Spring's observation of requests alone. The direct
 * engine does that work by itself and takes the filter out: each one costs a request some
 * 700 bytes.
 *
 * @since 0.1.0
 */
public interface ObservationEngineFilter extends WebFilter {

}
