package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.observability.benchmarks.line.DeliveryRun;

/**
 * Measures how lines reach their destination: what the caller waits in bursts and while
 * the destination is slow or stalled, and how many lines a second of processor time
 * brings to a file. Each measurement has a process of its own, and they take turns.
 */
public final class LogDeliveryLauncher {

    private static final int ROUNDS = 5;

    private LogDeliveryLauncher() {
    }

    /**
     * Measures and prints one line for each measurement.
     * @param args how many rounds, 5 unless given; lines of a thread to the file, 300,000
     * unless given
     * @throws IOException if a process can't be started
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        String lines = (args.length > 1) ? args[1] : "300000";
        for (int round = 0; round < rounds; round++) {
            for (String threads : List.of("1", "2", "4")) {
                run("burst", "sync", threads);
                run("burst", "async", threads);
            }
            for (String sink : List.of("fast", "slow", "stalled")) {
                run(sink, "sync", "2");
                run(sink, "async", "2");
            }
            run("file", "async", "4", lines);
            run("file", "logstash", "4", lines);
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms256m", "-Xmx256m",
                        "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-cp", Layout.classPath("starter"),
                        DeliveryRun.class.getName()));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with " + status);
        }
    }

}
