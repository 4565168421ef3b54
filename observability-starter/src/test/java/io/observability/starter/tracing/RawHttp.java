package io.observability.starter.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends header lines exactly as they are given: twice, empty, in any case, with any white
 * space, which no well-behaved client does.
 */
public final class RawHttp {

    private RawHttp() {
    }

    public static Answer get(int port, String path, String... headerLines) {
        return exchange(port, "GET " + path, "", headerLines);
    }

    public static Answer post(int port, String path, String body, String... headerLines) {
        return exchange(port, "POST " + path, body, headerLines);
    }

    private static Answer exchange(int port, String start, String body, String... headerLines) {
        StringBuilder request = new StringBuilder(start)
            .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Type: application/json\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        request.append("\r\n").append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).trim(),
                    (first, second) -> first + ", " + second);
        }
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }

    public record Answer(int status, Map<String, String> headers, String body) {
    }

}
