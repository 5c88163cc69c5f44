package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A plugin's zip, copied and unpacked into a folder of the runtime's own.
 *
 * @param folder the unpacked plugin; only what may be unpacked is there
 * @param objections every reason why it must not be loaded; empty when it may
 */
public record PluginPackage(Path folder, List<Objection> objections) {
    /** The folder with the unpacked plugin, in the place that it was given. */
    public static final String UNPACKED = "plugin";

    private static final String SIGNATURE = ".sig";
    private static final String CHECKSUM = ".sha256";

    public PluginPackage {
        objections = List.copyOf(objections);
    }

    /**
     * Copies {@code zip} and what lies beside it ({@code .sig}, {@code .sha256}) into the new folder {@code place} and judges the
     * copy, so that the original may be replaced or deleted at any time. Nothing is written outside {@code place}.
     */
    public static PluginPackage open(Path zip, Path place, Trust trust) {
        Path folder = place.resolve(UNPACKED);
        var objections = new ArrayList<Objection>();
        try {
            Path copy = copy(zip, place);
            objections.addAll(trust.judge(copy, beside(copy, SIGNATURE)));
            if (Files.exists(beside(copy, CHECKSUM))) {
                objections.addAll(Checksums.ofFile(copy, beside(copy, CHECKSUM)));
            }
            objections.addAll(unpack(copy, folder));
        } catch (IOException e) {
            objections.add(
                    new Objection("", "the zip cannot be unpacked: " + e.getMessage(), "Pack or fetch it again"));
        }
        return new PluginPackage(folder, objections);
    }

    private static List<Objection> unpack(Path zip, Path folder) throws IOException {
        var items = ZipListing.read(zip);
        var bombs = EntryRules.bombs("", items);
        var refused = EntryRules.entries(items);
        var objections = new ArrayList<>(bombs);
        items.stream().filter(refused::containsKey).map(refused::get).forEach(objections::add);
        if (bombs.isEmpty()) {
            // What may be unpacked is looked at even so: its author wants to hear all that is wrong at once.
            Unpacker.unpack(
                    zip,
                    items.stream().filter(item -> !refused.containsKey(item)).toList(),
                    folder);
            objections.addAll(Checksums.ofFolder(folder));
            objections.addAll(ClassScan.of(folder, Runtime.version().feature()));
        }
        return objections;
    }

    private static Path copy(Path zip, Path place) throws IOException {
        Files.createDirectories(place);
        for (String ending : List.of(SIGNATURE, CHECKSUM)) {
            if (Files.isRegularFile(beside(zip, ending))) {
                Files.copy(beside(zip, ending), beside(place.resolve(zip.getFileName()), ending));
            }
        }
        return Files.copy(zip, place.resolve(zip.getFileName()));
    }

    private static Path beside(Path zip, String ending) {
        return zip.resolveSibling(zip.getFileName() + ending);
    }
}
