package io.observability.promcard;

/**
 * A rule of the starter's cardinality guard that bounds a label.
 *
 * @param meter glob over the meters, by their names in Micrometer
 * @param tag the tag
 * @param limit how many values keep a series of their own
 */
record GuardRule(String meter, String tag, int limit) {

    /** The values that are seen most keep their series, the others share one. */
    static final String ACTION = "keep-most-frequent";

    static GuardRule of(LabelCost label, int limit) {
        return new GuardRule(meter(label.metric()), label.label(), limit);
    }

    // Prometheus' name is Micrometer's with underscores for dots, the unit, and _total.
    private static String meter(String metric) {
        String name = without(without(metric, "_total"), "_info");
        String plain = without(without(name, "_seconds"), "_bytes");
        boolean hasUnit = !plain.equals(name);
        return plain.replace('_', '.') + (hasUnit ? "*" : "");
    }

    private static String without(String name, String suffix) {
        return (name.endsWith(suffix) && name.length() > suffix.length())
                ? name.substring(0, name.length() - suffix.length()) : name;
    }

}
