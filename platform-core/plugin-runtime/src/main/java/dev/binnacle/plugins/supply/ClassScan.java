package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Reads every class that a plugin brings, its libraries' too, and says which of them must not be loaded. */
final class ClassScan {
    private static final String SPI_CLASSES = "dev/binnacle/spi/";
    private static final String OTHER_VERSIONS = "META-INF/versions/";
    private static final int LARGEST_CLASS = 16 << 20;
    private static final int MAGIC = 0xCAFEBABE;
    private static final int PREVIEW = 0xFFFF;
    private static final int FIRST_VERSION = 44;
    private static final int HEADER = 8;

    private final int newest;
    private final List<Objection> objections = new ArrayList<>();

    private ClassScan(int newest) {
        this.newest = newest;
    }

    /**
     * Returns what is wrong with the classes in {@code folder}.
     *
     * @param java the newest Java release whose classes can be loaded
     */
    static List<Objection> of(Path folder, int java) throws IOException {
        var scan = new ClassScan(java + FIRST_VERSION);
        scan.classes(folder.resolve("classes"));
        scan.jars(folder.resolve("lib"));
        return scan.objections;
    }

    private void classes(Path folder) throws IOException {
        var found = new Container("classes/");
        for (Path file : files(folder, ".class")) {
            try (var in = Files.newInputStream(file)) {
                found.look(folder.relativize(file).toString().replace('\\', '/'), in);
            }
        }
        found.report();
    }

    private void jars(Path lib) throws IOException {
        for (Path jar : files(lib, ".jar")) {
            String name = "lib/" + lib.relativize(jar).toString().replace('\\', '/');
            try {
                objections.addAll(EntryRules.bombs(name, ZipListing.read(jar)));
                jar(jar, new Container(name));
            } catch (IOException e) {
                objections.add(new Objection(name, "cannot be read: " + e.getMessage(), "Pack the jar anew"));
            }
        }
    }

    private void jar(Path jar, Container found) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList()) {
                try (var in = zip.getInputStream(entry)) {
                    found.look(entry.getName(), in);
                }
            }
        }
        found.report();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** The classes of one jar, or of the folder {@code classes/}. */
    private final class Container {
        private final String name;
        private final List<String> tooNew = new ArrayList<>();
        private final List<String> spi = new ArrayList<>();

        Container(String name) {
            this.name = name;
        }

        void look(String entry, InputStream in) throws IOException {
            // A jar may hold classes for newer Javas beside those for all; the older Java does not look at them.
            if (entry.startsWith(OTHER_VERSIONS) || entry.endsWith("module-info.class")) {
                return;
            }
            byte[] bytes = in.readNBytes(LARGEST_CLASS);
            if (entry.startsWith(SPI_CLASSES)) {
                spi.add(entry);
            }
            if (bytes.length < HEADER
                    || bytes.length == LARGEST_CLASS
                    || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
                object(entry, "is not a class", "Compile it anew");
                return;
            }
            judge(entry, bytes, number(bytes, 4), number(bytes, 6));
        }

        private void judge(String entry, byte[] bytes, int minor, int version) {
            if (version > newest || minor == PREVIEW) {
                tooNew.add(entry + " (Java " + (version - FIRST_VERSION) + (minor == PREVIEW ? " preview)" : ")"));
                return;
            }
            try {
                ExitCalls.in(bytes, version)
                        .forEach(call -> object(
                                "",
                                call + ", which would end the whole platform",
                                "Throw an exception, or leave out the class"));
            } catch (RuntimeException e) {
                object(entry, "is not a class that Java reads", "Compile it anew");
            }
        }

        void report() {
            if (!spi.isEmpty()) {
                objections.add(new Objection(
                        "",
                        "bundles the SPI in " + name + ", whose classes would not be the host's",
                        "Give binnacle-spi the scope 'provided'"));
            }
            if (!tooNew.isEmpty()) {
                object(
                        tooNew.getFirst(),
                        "needs a newer Java than this one, as do " + (tooNew.size() - 1) + " others",
                        "Compile with --release 21, without preview features");
            }
        }

        private void object(String entry, String message, String fix) {
            objections.add(new Objection(entry.isEmpty() ? name : name + " " + entry, message, fix));
        }

        private static int number(byte[] bytes, int at) {
            return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
        }
    }
}
