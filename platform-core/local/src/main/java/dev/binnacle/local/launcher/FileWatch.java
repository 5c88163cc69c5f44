package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Notices that files changed, appeared or went. Used by one thread. */
final class FileWatch {
    private final Supplier<List<Path>> files;
    private final Runnable onChange;
    private List<String> last = List.of();

    FileWatch(Supplier<List<Path>> files, Runnable onChange) {
        this.files = files;
        this.onChange = onChange;
    }

    /** Takes what is there now as known. */
    void seen() {
        last = fingerprint();
    }

    /** Calls the listener when the files are not as they were at the last look. */
    void look() {
        List<String> now = fingerprint();
        if (!now.equals(last)) {
            last = now;
            onChange.run();
        }
    }

    private List<String> fingerprint() {
        try {
            return files.get().stream().map(FileWatch::stamp).toList();
        } catch (ProblemException e) {
            return last;
        }
    }

    private static String stamp(Path file) {
        try {
            return file + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return file + " gone";
        }
    }
}
