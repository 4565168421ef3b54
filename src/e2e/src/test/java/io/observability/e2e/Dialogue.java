package io.observability.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a document says that happens: commands with their output, and log lines. Numbers,
 * ids and times differ from run to run, and an ellipsis stands for anything.
 *
 * @param exchanges commands and their output, from the blocks marked {@code console}
 * @param logLines log lines, from the blocks marked {@code json}
 */
record Dialogue(List<Exchange> exchanges, List<String> logLines) {

    private static final String ELLIPSIS = "…";

    private static final Pattern ID = Pattern
        .compile("\\b([0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b");

    // A thread of the web server is named after its port, if that is a fixed one.
    private static final Pattern SERVER_THREAD = Pattern.compile("http-nio-(auto-)?\\d+-exec-\\d+");

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    static Dialogue of(String markdown) {
        List<Exchange> exchanges = new ArrayList<>();
        List<String> logLines = new ArrayList<>();
        String block = "";
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                block = line.substring(3);
            }
            else if (block.equals("console") && line.startsWith("$ ")) {
                exchanges.add(new Exchange(line.substring(2), new ArrayList<>()));
            }
            else if (block.equals("console") && !line.isBlank() && !line.equals(ELLIPSIS)) {
                exchanges.get(exchanges.size() - 1).output().add(line);
            }
            else if (block.equals("json")) {
                logLines.add(line);
            }
        }
        return new Dialogue(exchanges, logLines);
    }

    /**
     * Whether a real line is what the document shows.
     * @param shown the line of the document
     * @param real the line that was written
     * @return whether they say the same
     */
    static boolean same(String shown, String real) {
        if (shown.startsWith("HTTP/")) {
            return shown.trim().equals(real.trim());
        }
        String pattern = String.join(".*",
                Arrays.stream(shown.split(ELLIPSIS, -1)).map((part) -> Pattern.quote(withoutChance(part))).toList());
        return Pattern.matches(pattern, withoutChance(real));
    }

    private static String withoutChance(String text) {
        String result = ID.matcher(text).replaceAll("ID");
        result = SERVER_THREAD.matcher(result).replaceAll("http-nio-exec");
        return NUMBER.matcher(result).replaceAll("0").trim();
    }

    /**
     * A command and what it writes.
     *
     * @param command the command
     * @param output lines of its output that are shown
     */
    record Exchange(String command, List<String> output) {

    }

}
