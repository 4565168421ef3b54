package io.observability.starter.report;

/**
 * A part of the starter that has something to say in the start-up report. Each bean of
 * this type is asked once the application is ready, and again for each call of the
 * endpoint.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReportSource {

    /**
     * Report the state of the feature now.
     * @return the report
     */
    FeatureReport report();

}
