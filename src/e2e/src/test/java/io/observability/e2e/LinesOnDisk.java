package io.observability.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines that a file holds, those of a burst by the thread that logged them and their
 * number.
 *
 * @param lines lines in all
 * @param broken lines that are not JSON
 * @param twice lines of the burst that are there more than once
 * @param levels lines of the burst of each level
 * @param writers numbers of the lines that are there, for each thread
 * @param messages messages of the lines that are not of the burst
 */
record LinesOnDisk(long lines, List<String> broken, long twice, Map<String, Long> levels, Map<Integer, BitSet> writers,
        List<String> messages) {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    static LinesOnDisk read(Path file) throws IOException {
        List<String> broken = new ArrayList<>();
        Map<String, Long> levels = new TreeMap<>();
        Map<Integer, BitSet> writers = new TreeMap<>();
        List<String> messages = new ArrayList<>();
        long lines = 0;
        long twice = 0;
        for (String line : new String(bytes(file), StandardCharsets.UTF_8).split("\n")) {
            lines++;
            JsonNode json = parse(line);
            if (json == null) {
                broken.add(line);
            }
            else if (json.path("writer").isNumber()) {
                BitSet numbers = writers.computeIfAbsent(json.path("writer").asInt(), (writer) -> new BitSet());
                int sequence = json.path("sequence").asInt();
                twice += numbers.get(sequence) ? 1 : 0;
                numbers.set(sequence);
                levels.merge(Shop.text(json, "level"), 1L, Long::sum);
            }
            else {
                messages.add(Shop.text(json, "message"));
            }
        }
        return new LinesOnDisk(lines, broken, twice, levels, writers, messages);
    }

    private static @Nullable JsonNode parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.isObject() ? json : null;
        }
        catch (JacksonException ex) {
            return null;
        }
    }

    /**
     * The number of whole lines.
     * @param file the file
     * @return the number of its line ends, 0 if it is not there
     */
    static long count(Path file) throws IOException {
        long count = 0;
        for (byte character : bytes(file)) {
            count += (character == '\n') ? 1 : 0;
        }
        return count;
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        }
        catch (NoSuchFileException ex) {
            return new byte[0];
        }
    }

    long ofBurst() {
        return this.writers.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    long level(String level) {
        return this.levels.getOrDefault(level, 0L);
    }

    boolean has(int writer, int sequence) {
        return this.writers.getOrDefault(writer, new BitSet()).get(sequence);
    }

    long saying(String message) {
        return this.messages.stream().filter((text) -> text.contains(message)).count();
    }

}
