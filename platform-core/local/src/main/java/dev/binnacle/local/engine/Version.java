package dev.binnacle.local.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of three numbers; what follows them does not count. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern NUMBERS =
            Pattern.compile("(?<![\\w.])v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?:\\.\\d{1,5})?(?![\\w.])");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    /** Returns the version with these numbers. */
    public static Version of(int major, int minor, int patch) {
        return new Version(major, minor, patch);
    }

    /** Returns the first version that {@code text}, the output of {@code --version}, names. */
    public static Optional<Version> in(String text) {
        var found = NUMBERS.matcher(text);
        return found.find()
                ? Optional.of(new Version(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
