package io.observability.starter.logging.line;

/**
 * A number as it stood in JSON that somebody else wrote; it keeps its digits.
 *
 * @param text the number, by the grammar of JSON
 */
record JsonNumber(String text) {
}
