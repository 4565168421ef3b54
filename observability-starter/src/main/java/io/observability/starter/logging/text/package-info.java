/**
 * Lines that are not made by the starter's own writer: text for people, and whatever
 * another Logback encoder makes.
 */
@NullMarked
package io.observability.starter.logging.text;

import org.jspecify.annotations.NullMarked;
