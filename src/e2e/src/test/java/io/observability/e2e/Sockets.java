package io.observability.e2e;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The internet sockets of one process, as Linux sees them. Addresses are as in
 * {@code /proc/net/tcp}: hexadecimal, bytes of each word swapped.
 */
record Sockets(List<String> listening, List<String> elsewhere) {

    private static final String LISTEN = "0A";

    static boolean canBeSeen() {
        return Files.isReadable(Path.of("/proc/self/net/tcp"));
    }

    static Sockets of(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        List<String> listening = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = Path.of("/proc/" + pid + "/net/" + protocol);
            if (!Files.isReadable(table)) {
                continue;
            }
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length < 10 || !inodes.contains(columns[9])) {
                    continue;
                }
                if (columns[3].equals(LISTEN)) {
                    listening.add(protocol + " " + columns[1]);
                }
                else if (!isLoopback(columns[2].split(":")[0])) {
                    elsewhere.add(protocol + " " + columns[2]);
                }
            }
        }
        return new Sockets(listening, elsewhere);
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        }
        catch (IOException ex) {
            // Closed meanwhile.
            return "";
        }
    }

    private static boolean isLoopback(String address) {
        return switch (address.length()) {
            case 8 -> address.endsWith("7F");
            // ::1, and 127.0.0.0/8 mapped into IPv6
            default -> address.equals("00000000000000000000000001000000")
                    || (address.startsWith("0000000000000000FFFF0000") && address.endsWith("7F"));
        };
    }

}
