package io.observability.promcard;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes one line of a sample apart: {@code name{label="value",…} value …}, or with a
 * quoted name, <code>{"a name",label="value"} value</code>. What follows the value, a
 * time or an exemplar, does not matter here. One object is used for all lines.
 */
final class SampleLine {

    private static final int MAX_LABELS = 1000;

    private final List<String> labelNames = new ArrayList<>();

    private final List<String> labelValues = new ArrayList<>();

    private String line = "";

    private String name = "";

    private int at;

    /**
     * Read a line.
     * @param text the line
     * @return whether it is a sample
     */
    boolean read(String text) {
        this.line = text;
        this.at = 0;
        this.labelNames.clear();
        this.labelValues.clear();
        skipSpace();
        this.name = readName();
        skipSpace();
        if (peek() == '{') {
            this.at++;
            if (!readLabels()) {
                return false;
            }
        }
        return !this.name.isEmpty() && readNumber();
    }

    String name() {
        return this.name;
    }

    List<String> labelNames() {
        return this.labelNames;
    }

    List<String> labelValues() {
        return this.labelValues;
    }

    private boolean readLabels() {
        while (this.labelNames.size() < MAX_LABELS) {
            skipSpace();
            if (peek() == '}') {
                this.at++;
                return true;
            }
            if (!readLabel()) {
                return false;
            }
            skipSpace();
            if (peek() == ',') {
                this.at++;
            }
            else if (peek() != '}') {
                return false;
            }
        }
        return false;
    }

    private boolean readLabel() {
        boolean quoted = peek() == '"';
        StringBuilder text = new StringBuilder();
        String label;
        if (quoted) {
            if (!readQuoted(text)) {
                return false;
            }
            label = text.toString();
        }
        else {
            label = readName();
        }
        skipSpace();
        if (quoted && peek() != '=') {
            boolean first = this.name.isEmpty();
            this.name = label;
            return first;
        }
        if (label.isEmpty() || peek() != '=') {
            return false;
        }
        this.at++;
        skipSpace();
        text.setLength(0);
        if (!readQuoted(text)) {
            return false;
        }
        this.labelNames.add(label);
        this.labelValues.add(text.toString());
        return true;
    }

    private boolean readQuoted(StringBuilder text) {
        if (peek() != '"') {
            return false;
        }
        for (int i = this.at + 1; i < this.line.length(); i++) {
            char c = this.line.charAt(i);
            if (c == '"') {
                this.at = i + 1;
                return true;
            }
            if (c == '\\' && i + 1 < this.line.length()) {
                i++;
                char escaped = this.line.charAt(i);
                switch (escaped) {
                    case 'n' -> text.append('\n');
                    case '"', '\\' -> text.append(escaped);
                    default -> text.append('\\').append(escaped);
                }
            }
            else {
                text.append(c);
            }
        }
        return false;
    }

    private String readName() {
        int start = this.at;
        while (isNamePart(peek(), this.at == start)) {
            this.at++;
        }
        return this.line.substring(start, this.at);
    }

    // Prose is no number; that is how a page that is something else is noticed.
    private boolean readNumber() {
        skipSpace();
        int start = this.at;
        while (this.at < this.line.length() && !isSpace(this.line.charAt(this.at))) {
            this.at++;
        }
        String number = this.line.substring(start, this.at);
        if (number.matches("[+-]?([Ii]nf|[Ii]nfinity)|[Nn]a[Nn]")) {
            return true;
        }
        try {
            Double.parseDouble(number);
            return true;
        }
        catch (NumberFormatException ex) {
            return false;
        }
    }

    private void skipSpace() {
        while (isSpace(peek())) {
            this.at++;
        }
    }

    // 0 at the end of the line, which is no part of anything.
    private char peek() {
        return (this.at < this.line.length()) ? this.line.charAt(this.at) : 0;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNamePart(char c, boolean first) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'
                || (!first && c >= '0' && c <= '9');
    }

}
