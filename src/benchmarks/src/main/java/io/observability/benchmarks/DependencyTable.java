package io.observability.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what the starter adds to the class path of a service, jar by jar, between two
 * marks of the page on performance.
 */
final class DependencyTable {

    private static final GeneratedPart PART = new GeneratedPart("the class paths", "the table of dependencies");

    private static final int KILOBYTE = 1024;

    private DependencyTable() {
    }

    /**
     * Puts the table into a page.
     * @param page text with both marks
     * @return the page with the current table
     */
    static String insert(String page) {
        return PART.insert(page, render());
    }

    private static String render() {
        Set<String> without = jars("bare").map(DependencyTable::name).collect(Collectors.toSet());
        List<Path> added = new ArrayList<>(jars("starter").filter((jar) -> !without.contains(name(jar)))
            // Its size is that of this build.
            .filter((jar) -> !name(jar).startsWith("observability-starter"))
            .toList());
        added
            .sort(Comparator.comparingLong(DependencyTable::kilobytes).reversed().thenComparing(DependencyTable::name));
        StringBuilder out = new StringBuilder(2048);
        out.append("| jar | kB |\n|---|---:|\n");
        added.forEach((jar) -> out
            .append(String.format(Locale.ROOT, "| %s | %,d |\n", name(jar).replace(".jar", ""), kilobytes(jar))));
        return out.append(String.format(Locale.ROOT, "| **%d jars** | **%,d** |\n", added.size(),
                added.stream().mapToLong(DependencyTable::kilobytes).sum()))
            .toString();
    }

    private static Stream<Path> jars(String variant) {
        return Stream.of(Layout.classPath(variant).split(System.getProperty("path.separator")))
            .filter((entry) -> entry.endsWith(".jar"))
            .map(Path::of);
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    private static long kilobytes(Path jar) {
        try {
            return Math.round((double) Files.size(jar) / KILOBYTE);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
