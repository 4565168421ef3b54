package io.observability.starter.logging.line;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Strings that broke an encoder, a reader, a terminal or a database somewhere.
 */
final class HostileStrings {

    static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("empty", "");
        ALL.put("blank", " ");
        ALL.put("line feed", "a\nb");
        ALL.put("carriage return", "a\r\nb\r");
        ALL.put("forged line", "ok\n{\"level\":\"ERROR\",\"message\":\"forged\"}");
        ALL.put("end of object", "\"},{\"a\":\"");
        ALL.put("quotes", "\"\"\"'`");
        ALL.put("backslashes", "\\\\\\");
        ALL.put("backslash at the end", "C:\\temp\\");
        ALL.put("escaped quote", "\\\"");
        ALL.put("escape that is text", "\\u0000 \\n \\x41");
        ALL.put("half an escape", "\\u12");
        ALL.put("place holders", "{} {} \\{} {{}}");
        ALL.put("printf", "%s%n%d%x%p");
        ALL.put("lookup", "${jndi:ldap://127.0.0.1/a}");
        ALL.put("expression", "#{T(java.lang.Runtime).getRuntime()}");
        ALL.put("markup", "<script>alert(1)</script>");
        ALL.put("all controls", controls(0, 0x20));
        ALL.put("more controls", controls(0x7f, 0xa0));
        ALL.put("nul", "a\u0000b");
        ALL.put("terminal escape", "\u001b[31mred\u001b[0m\u001b]0;title\u0007");
        ALL.put("backspaces", "admin\b\b\b\b\bguest");
        ALL.put("separators", "a\u2028b\u2029c\u0085d");
        ALL.put("right to left", "\u202egnp.exe\u202c");
        ALL.put("isolates", "a\u2066b\u2067c\u2068d\u2069e");
        ALL.put("marks of direction", "a\u200eb\u200fc\u061cd");
        ALL.put("zero width", "a\u200bb\u200cc\u200dd\u2060e");
        ALL.put("byte order mark", "\ufeffa\ufeff");
        ALL.put("soft hyphen", "pass\u00adword");
        ALL.put("tags", "a\udb40\udc41\udb40\udc7fb");
        ALL.put("variation selectors", "a\ufe0fb\udb40\udd00c");
        ALL.put("hangul filler", "\u3164\u115f\u1160\uffa0");
        ALL.put("mongolian", "\u180e\u180b");
        ALL.put("high surrogate", "a\ud83db");
        ALL.put("low surrogate", "a\ude00b");
        ALL.put("surrogates the wrong way round", "\ude00\ud83d");
        ALL.put("high surrogate at the end", "a\ud83d");
        ALL.put("high surrogates", "\ud83d\ud83d\ud83d");
        ALL.put("no characters", "a\ufffe\uffffb\ufdd0");
        ALL.put("no characters beyond", "\ud83f\udffe\udbff\udfff");
        ALL.put("replacement", "\ufffd");
        ALL.put("private use", "\ue000\uf8ff\udb80\udc00");
        ALL.put("emoji", "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb \ud83c\udde9\ud83c\uddea");
        ALL.put("zalgo", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da\u0328\u0334l");
        ALL.put("umlauts", "\u00e4\u00f6\u00fc\u00df\u00c4");
        ALL.put("chinese", "\u4e2d\u6587\u65e5\u5fd7");
        ALL.put("arabic", "\u0633\u062c\u0644");
        ALL.put("latin 1", controls(0xa0, 0x100).replace("\u00ad", ""));
        ALL.put("two bytes and one", "\u00e9a\u00e9a\u07ff");
        ALL.put("three bytes", "\u0800\ud7ff\ue000\uffed");
        ALL.put("four bytes", "\ud800\udc00\udbbf\udffd".substring(0, 2));
        ALL.put("number", "0123");
        ALL.put("not a number", "NaN");
        ALL.put("literal", "null");
        ALL.put("json", "{\"a\":[1,{\"b\":null}]}");
        ALL.put("dots", "a.b..c.");
        ALL.put("index", "a[0].b[-1]");
        ALL.put("logstash conflict", "@metadata");
        ALL.put("prototype", "__proto__");
        ALL.put("sql", "'; DROP TABLE logs; --");
        ALL.put("path", "../../etc/shadow");
        ALL.put("253 characters", "k".repeat(253));
        ALL.put("4,000 characters", "x".repeat(4000));
        ALL.put("4,000 quotes", "\"".repeat(4000));
        ALL.put("70,000 controls", "\u0001".repeat(70_000));
        ALL.put("200,000 emoji", "\ud83d\ude00".repeat(200_000));
        ALL.put("300,000 surrogates", "\ud83d".repeat(300_000));
    }

    private HostileStrings() {
    }

    /**
     * What a reader must find.
     * @param text the text that was logged
     * @return the text with each half of a pair replaced
     */
    static String asRead(String text) {
        StringBuilder read = new StringBuilder(text.length());
        text.codePoints().map((c) -> (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c).forEach(read::appendCodePoint);
        return read.toString();
    }

    private static String controls(int from, int to) {
        StringBuilder text = new StringBuilder("a");
        for (int c = from; c < to; c++) {
            text.append((char) c);
        }
        return text.append('b').toString();
    }

}
