package io.observability.starter.metrics;

/**
 * Name of a kind of exception.
 *
 * @param full name of the class
 * @param simple name of the class without its package
 */
record ErrorName(String full, String simple) {

    static ErrorName of(String name) {
        if (name.equals(LabelValue.OTHER)) {
            return new ErrorName("_OTHER", LabelValue.OTHER);
        }
        String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        return new ErrorName(name, simple.isEmpty() ? name : simple);
    }

}
