package io.observability.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts the sample app.
 */
final class ShopCommand {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private ShopCommand() {
    }

    /**
     * As an image has it: taken out of its jar, with an archive of its classes.
     * @param jvm options of the JVM
     * @param arguments command-line arguments
     * @return the command
     */
    static List<String> unpacked(List<String> jvm, List<String> arguments) {
        List<String> options = new ArrayList<>(jvm);
        options.add("-XX:SharedArchiveFile=" + System.getProperty("sample.archive"));
        return command(options, System.getProperty("sample.directory") + "/observability-sample-app.jar", arguments);
    }

    /**
     * As it was packaged.
     * @param jvm options of the JVM
     * @param arguments command-line arguments
     * @return the command
     */
    static List<String> packaged(List<String> jvm, List<String> arguments) {
        return command(jvm, System.getProperty("sample.jar"), arguments);
    }

    private static List<String> command(List<String> jvm, String jar, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar, "--server.port=0"));
        command.addAll(arguments);
        return command;
    }

}
