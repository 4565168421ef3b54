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

    private static final String BEGIN = "<!-- generated from the class paths: begin -->";

    private static final String END = "<!-- generated from the class paths: end -->";

    private static final int KILOBYTE = 1024;

    private DependencyTable() {
    }

    /**
     * Puts the table into a page.
     * @param page text with both marks
     * @return the page with the current table
     */
    static String insert(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for the table of dependencies");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + render() + page.substring(end);
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
