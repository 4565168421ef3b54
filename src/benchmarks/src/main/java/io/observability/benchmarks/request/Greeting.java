package io.observability.benchmarks.request;

/**
 * What the measured service answers.
 *
 * @param id the number that was asked for
 * @param text the greeting
 */
record Greeting(int id, String text) {

}
