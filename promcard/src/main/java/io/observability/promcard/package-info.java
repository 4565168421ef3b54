/**
 * A command-line tool that finds the label that costs most series, on the JDK's own HTTP
 * client and picocli.
 */
@NullMarked
package io.observability.promcard;

import org.jspecify.annotations.NullMarked;
