package dev.binnacle.mesh.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what was produced with the files of a case, or rewrites them with {@code -Dgolden.update=true}. */
final class Golden {
    /** Never on a build server: there a golden file is what the commit says. */
    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;

    private static final Set<String> INPUT = Set.of("input.yaml", "case.yaml");

    private Golden() {}

    static void assertMatches(Path folder, Map<String, String> produced) throws IOException {
        if (UPDATE) {
            update(folder, produced);
            return;
        }
        for (var file : produced.entrySet()) {
            assertFile(folder.resolve(file.getKey()), file.getValue());
        }
        assertThat(files(folder))
                .as("files in %s that no translation produces; remove them with -Dgolden.update=true", folder)
                .isEqualTo(produced.keySet());
    }

    static void assertFile(Path expected, String actual) throws IOException {
        if (UPDATE) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, actual);
            return;
        }
        assertThat(expected)
                .as("no golden file; create it with -Dgolden.update=true")
                .exists();
        assertThat(actual)
                .as("%s. If the new output is right, rerun with -Dgolden.update=true and review the diff", expected)
                .isEqualTo(Files.readString(expected));
    }

    private static void update(Path folder, Map<String, String> produced) throws IOException {
        for (String orphan : files(folder)) {
            if (!produced.containsKey(orphan)) {
                Files.delete(folder.resolve(orphan));
            }
        }
        for (var file : produced.entrySet()) {
            assertFile(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(name -> !INPUT.contains(name))
                    .collect(Collectors.toSet());
        }
    }
}
