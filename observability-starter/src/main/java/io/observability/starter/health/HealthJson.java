package io.observability.starter.health;

import java.util.List;

/**
 * The body of a probe: names and statuses, nothing else. Only printable ASCII stands in
 * it; all other characters of a name are escaped (RFC 8259, section 7).
 */
final class HealthJson {

    private static final int MAX_NAME_LENGTH = 128;

    private static final String HEX = "0123456789abcdef";

    private HealthJson() {
    }

    static String of(HealthStatus status) {
        StringBuilder json = new StringBuilder(32);
        return member(json.append('{'), "status", status.code()).append('}').toString();
    }

    static String of(HealthStatus status, List<CheckState> checks) {
        StringBuilder json = new StringBuilder(64 + 64 * checks.size());
        member(json.append('{'), "status", status.code()).append(",\"checks\":{");
        for (int i = 0; i < checks.size(); i++) {
            CheckState check = checks.get(i);
            string((i == 0) ? json : json.append(','), check.name(), MAX_NAME_LENGTH);
            member(json.append(":{"), "status", check.status().code());
            json.append(",\"durationMs\":").append(check.duration().toMillis());
            json.append(",\"ageMs\":").append(check.age().toMillis()).append('}');
        }
        return json.append("}}").toString();
    }

    private static StringBuilder member(StringBuilder json, String name, String value) {
        string(json, name, MAX_NAME_LENGTH).append(':');
        return string(json, value, HealthStatus.MAX_CODE_LENGTH);
    }

    private static StringBuilder string(StringBuilder json, String text, int maxLength) {
        json.append('"');
        int length = Math.min(text.length(), maxLength);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
                json.append(c);
            }
            else {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
        return json.append('"');
    }

}
