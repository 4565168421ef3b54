package io.observability.benchmarks;

/**
 * A part of a page that is generated: what stands between two marks.
 *
 * @param from what it is generated from, as the marks say
 * @param content what it is, for who looks for its place in vain
 */
record GeneratedPart(String from, String content) {

    /**
     * Put the part into a page.
     * @param page text with both marks
     * @param text the part as it is now
     * @return the page with the part
     */
    String insert(String page, String text) {
        String beginMark = "<!-- generated from " + this.from + ": begin -->";
        int begin = page.indexOf(beginMark);
        int end = page.indexOf("<!-- generated from " + this.from + ": end -->");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for " + this.content);
        }
        return page.substring(0, begin + beginMark.length()) + "\n" + text + page.substring(end);
    }

}
