package io.observability.promcard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A metric on a server, which keeps names and no types: what looks like the parts of one
 * histogram or summary is one.
 *
 * @param name the metric
 * @param members the names of its series
 */
record ServerFamily(String name, List<String> members) {

    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    /**
     * Put names together.
     * @param names the names of all series
     * @return the metrics, by name
     */
    static List<ServerFamily> of(List<String> names) {
        Set<String> known = new HashSet<>(names);
        Map<String, List<String>> families = new LinkedHashMap<>();
        for (String name : new TreeSet<>(names)) {
            families.computeIfAbsent(family(name, known), (family) -> new ArrayList<>()).add(name);
        }
        List<ServerFamily> result = new ArrayList<>();
        families.forEach((family, members) -> result.add(new ServerFamily(family, List.copyOf(members))));
        return result;
    }

    /**
     * The selector of its series.
     * @return the selector in PromQL
     */
    String selector() {
        return "{__name__=~" + quoted(this.members.stream().map(ServerFamily::escaped).collect(Collectors.joining("|")))
                + "}";
    }

    private static String family(String name, Set<String> known) {
        for (String suffix : List.of("_bucket", "_count", "_sum")) {
            if (name.endsWith(suffix)) {
                String base = name.substring(0, name.length() - suffix.length());
                // Both a histogram and a summary have these two.
                if (known.contains(base + "_count") && known.contains(base + "_sum")) {
                    return base;
                }
            }
        }
        return name;
    }

    private static String escaped(String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            regex.append((SPECIAL.indexOf(c) >= 0) ? "\\" : "").append(c);
        }
        return regex.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

}
