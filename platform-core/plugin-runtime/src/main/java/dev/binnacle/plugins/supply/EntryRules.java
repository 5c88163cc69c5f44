package dev.binnacle.plugins.supply;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which entries of a plugin's zip may be unpacked. */
final class EntryRules {
    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_BYTES = 512L << 20;
    private static final long SUSPICIOUS_BYTES = 4L << 20;
    private static final long BEST_RATIO = 200;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private EntryRules() {}

    /** Returns what is wrong with the zip as a whole: it would unpack to too much. */
    static List<Objection> bombs(String zip, List<ZipItem> items) {
        var objections = new ArrayList<Objection>();
        long bytes = items.stream().mapToLong(ZipItem::size).sum();
        if (items.size() > MOST_ENTRIES || bytes > MOST_BYTES) {
            objections.add(new Objection(
                    zip,
                    "would unpack to " + items.size() + " entries with " + bytes + " bytes, more than " + MOST_ENTRIES
                            + " or " + MOST_BYTES,
                    "Leave out what the plugin does not need"));
        }
        for (var item : items) {
            if (item.size() > SUSPICIOUS_BYTES && item.size() / Math.max(1, item.packed()) > BEST_RATIO) {
                objections.add(new Objection(
                        item.name(),
                        "unpacks " + item.packed() + " bytes to " + item.size() + ", as bombs do",
                        "Pack a file that compresses less than " + BEST_RATIO + " times"));
            }
        }
        return objections;
    }

    /** Returns what is wrong with single entries, by entry; those that are not in the map may be unpacked. */
    static Map<ZipItem, Objection> entries(List<ZipItem> items) {
        var objections = new HashMap<ZipItem, Objection>();
        var names = new HashMap<String, String>();
        for (var item : items) {
            String problem = escapes(item.name()) ? "leaves the plugin's folder" : problem(item);
            if (problem.isEmpty()) {
                String before = names.putIfAbsent(sameFile(item.name()), item.name());
                problem = before == null ? "" : "is there twice, as " + before + " too";
            }
            if (!problem.isEmpty()) {
                objections.put(item, new Objection(item.name(), problem, "Pack the zip without this entry"));
            }
        }
        return objections;
    }

    private static String problem(ZipItem item) {
        if (item.isLink()) {
            return "is a link";
        }
        if (item.isSpecial()) {
            return "is neither a file nor a folder";
        }
        if (item.encrypted() || item.method() != STORED && item.method() != DEFLATED) {
            return "is encrypted, or packed in a way that Java does not read";
        }
        return "";
    }

    /** No name that any system could take for a place elsewhere: absolute, upwards, on a drive, or a stream of a file. */
    private static boolean escapes(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 0x7F)
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
    }

    /** What some file system takes for the same name: case, accents written in two ways, blanks and dots at the end. */
    private static String sameFile(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[. /]+$", "");
    }
}
