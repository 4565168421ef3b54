package io.observability.e2e;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a process says of the lines of one destination.
 *
 * @param state {@code ok}, or why it takes nothing
 * @param made lines that were to be written
 * @param written lines that the destination took
 * @param queued lines that wait
 * @param lost lines that were lost
 * @param reasons the same by reason
 */
record LogAccount(String state, long made, long written, long queued, long lost, Map<String, Long> reasons) {

    private static final Pattern AT_THE_END = Pattern
        .compile("Log lines to (\\S+) at its end: made (\\d+), written (\\d+), lost (\\d+)");

    static LogAccount of(JsonNode path) {
        Map<String, Long> reasons = new TreeMap<>();
        path.path("lostByReason")
            .properties()
            .forEach((entry) -> reasons.put(entry.getKey(), entry.getValue().asLong()));
        return new LogAccount(Shop.text(path, "state"), path.path("made").asLong(), path.path("written").asLong(),
                path.path("queued").asLong(), path.path("lost").asLong(), reasons);
    }

    /**
     * The last account, which a process that has lost lines writes to standard error when
     * it ends.
     * @param errors its standard error
     * @param destination name of the destination
     * @return the account, or {@code null} if it says nothing
     */
    static @Nullable LogAccount atTheEnd(String errors, String destination) {
        Matcher matcher = AT_THE_END.matcher(errors);
        while (matcher.find()) {
            if (matcher.group(1).equals(destination)) {
                return new LogAccount("closed", Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)), 0,
                        Long.parseLong(matcher.group(4)), Map.of());
            }
        }
        return null;
    }

    boolean addsUp() {
        return this.made == this.written + this.queued + this.lost;
    }

}
