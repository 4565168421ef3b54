package io.observability.e2e;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A scrape as text.
 *
 * @param bytes its size
 * @param lines its samples
 */
record ScrapedSeries(int bytes, List<String> lines) {

    static ScrapedSeries of(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Scrape: " + answer.statusCode());
        }
        return new ScrapedSeries(answer.body().length(),
                answer.body().lines().filter((line) -> !line.startsWith("#")).toList());
    }

    int count() {
        return this.lines.size();
    }

    /**
     * Sum of samples.
     * @param family name of the family
     * @param labels what has to be among the labels, such as {@code visitor="_other"}
     * @return the sum
     */
    long sum(String family, String... labels) {
        Pattern name = Pattern.compile(Pattern.quote(family) + "[{ ].*");
        return Math.round(this.lines.stream()
            .filter((line) -> name.matcher(line).matches())
            .filter((line) -> List.of(labels).stream().allMatch(line::contains))
            .mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
    }

}
