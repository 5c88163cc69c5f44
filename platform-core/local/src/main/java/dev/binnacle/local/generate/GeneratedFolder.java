package dev.binnacle.local.generate;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder that generated files are written to.
 *
 * @param top absolute
 */
public record GeneratedFolder(Path top) {
    /** Every generated file says this and its generator near its beginning. */
    private static final String MARK = "Made by ";

    private static final int HEAD = 600;

    /** Returns the generated files that are missing or different there, by path. */
    public SortedMap<String, String> different(SortedMap<String, String> generated) throws IOException {
        var different = new TreeMap<String, String>();
        for (var file : generated.entrySet()) {
            Path path = resolve(file.getKey());
            if (!Files.isRegularFile(path) || !Files.readString(path).equals(file.getValue())) {
                different.put(file.getKey(), file.getValue());
            }
        }
        return different;
    }

    /** Returns files that say that one of these generators made them, beside the generated ones, and that it did not make now. */
    public List<String> leftOver(SortedMap<String, String> generated, Collection<String> generators)
            throws IOException {
        var left = new TreeSet<String>();
        for (Path folder : folders(generated.keySet())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = top.relativize(file).toString();
                    if (!generated.containsKey(name) && saysItIsBy(generators, file)) {
                        left.add(name);
                    }
                }
            }
        }
        return List.copyOf(left);
    }

    /** Writes a file in one step. */
    public void write(String name, String text) throws IOException {
        Path path = resolve(name);
        Files.createDirectories(path.getParent());
        AtomicFile.write(path, text);
    }

    /** Deletes a file. */
    public void delete(String name) throws IOException {
        Files.deleteIfExists(resolve(name));
    }

    /** Returns where a generated file belongs. */
    public Path resolve(String name) {
        Path path = top.resolve(name).normalize();
        if (!path.startsWith(top) || path.equals(top)) {
            throw ProblemException.no(
                    "a generator wants to write outside " + top + ": " + name, "Nothing was written there.");
        }
        return path;
    }

    private Set<Path> folders(Set<String> names) {
        var folders = new TreeSet<Path>();
        names.forEach(name -> folders.add(resolve(name).getParent()));
        folders.removeIf(folder -> !Files.isDirectory(folder) || folder.equals(top));
        return folders;
    }

    private static boolean saysItIsBy(Collection<String> generators, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return generators.stream().anyMatch(id -> head.contains(MARK + id + " "));
        }
    }
}
