package io.observability.promcard;

/**
 * Writes texts as JSON has them, in ASCII, so that no terminal and no character set on
 * the way changes them. The same text is a double-quoted one in YAML.
 */
final class JsonText {

    private JsonText() {
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            }
            else if (c >= ' ' && c < 0x7f) {
                json.append(c);
            }
            else {
                json.append(String.format("\\u%04x", (int) c));
            }
        }
        return json.append('"').toString();
    }

}
