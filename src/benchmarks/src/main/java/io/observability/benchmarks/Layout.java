package io.observability.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are in the build.
 */
final class Layout {

    private Layout() {
    }

    /**
     * Finds the module from where its classes or its jar are.
     * @return the folder of this module
     */
    static Path module() {
        try {
            Path code = Path.of(Layout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return code.resolve("../..").normalize();
        }
        catch (URISyntaxException ex) {
            throw new IllegalStateException("The classes of the benchmarks are not in a file system", ex);
        }
    }

    static Path results() {
        return results("request-path");
    }

    static Path results(String name) {
        return module().resolve("results/" + name + ".json");
    }

    static Path page() {
        return page("benchmarks");
    }

    static Path page(String name) {
        return module().resolve("../docs/" + name + ".md").normalize();
    }

    /**
     * What a fork runs with: the measured code, and the libraries of the variant as its
     * module has written them down. Never the jar of this module, whose manifest would
     * bring the launcher's libraries along.
     * @param variant name of the module
     * @return a class path
     */
    static String classPath(String variant) {
        Path module = module();
        Path libraries = module.resolve("variants/" + variant + "/target/class.path");
        try {
            return module.resolve("target/classes") + System.getProperty("path.separator")
                    + Files.readString(libraries).strip();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("Build the module of the variant first, with -am", ex);
        }
    }

}
