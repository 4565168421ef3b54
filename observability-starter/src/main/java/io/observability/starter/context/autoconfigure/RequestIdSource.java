package io.observability.starter.context.autoconfigure;

/**
 * The place where requests get their ids.
 *
 * @param stack the kind of web application, for the report
 */
record RequestIdSource(String stack) {
}
