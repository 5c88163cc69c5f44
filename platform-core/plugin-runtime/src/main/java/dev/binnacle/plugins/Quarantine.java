package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a plugin out that was at work when the heap was full and the process was ended for it.
 *
 * <p>Whoever starts the JVM has it end by {@code -XX:+ExitOnOutOfMemoryError} and leave the file {@link #FULL} by
 * {@code -XX:OnOutOfMemoryError}. The plugin that was being called then is kept out; when several were, only one that was among
 * them the time before, too: the others may have been there by chance.
 */
final class Quarantine {
    /** The file that says that the process before ended because the heap was full. */
    static final String FULL = "out-of-memory";

    private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());
    private static final String KEPT_OUT = "kept-out";
    private static final String SUSPECT = "suspect";

    private final @Nullable Path file;
    private final @Nullable CallMarks marks;
    private final Properties plugins = new Properties();

    private Quarantine(@Nullable Path file, @Nullable CallMarks marks) {
        this.file = file;
        this.marks = marks;
    }

    /** Returns one that keeps nobody out and remembers nothing. */
    static Quarantine none() {
        return new Quarantine(null, null);
    }

    /** Reads what is known in {@code folder} and judges how the process before ended. Without a folder to write to there is none. */
    static Quarantine open(Path folder) {
        try {
            var marks = CallMarks.open(folder.resolve("calls"));
            Path file = folder.resolve("quarantine.properties");
            var quarantine = new Quarantine(file, marks);
            if (Files.exists(file)) {
                try (var text = Files.newBufferedReader(file)) {
                    quarantine.plugins.load(text);
                }
            }
            if (Files.deleteIfExists(folder.resolve(FULL))) {
                quarantine.judge(marks.calledBefore());
            }
            return quarantine;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no plugin can be quarantined: its folder cannot be written", e);
            return none();
        }
    }

    /** Returns what notes the calls into this plugin. */
    CallMarks.Mark mark(String plugin) {
        return marks == null ? CallMarks.Mark.NONE : marks.of(plugin);
    }

    /** Returns why the plugin is kept out; empty when it is not. */
    synchronized Optional<Objection> objection(String plugin) {
        return KEPT_OUT.equals(plugins.getProperty(plugin))
                ? Optional.of(new Objection(
                        "",
                        "quarantined: it was at work when the heap was full, and the platform had to be restarted",
                        "Install another version, or try it again with ./binnacle plugin reload " + plugin))
                : Optional.empty();
    }

    /** Lets the plugin in again. */
    synchronized void lift(String plugin) {
        if (plugins.remove(plugin) != null) {
            save();
        }
    }

    private void judge(List<String> called) {
        for (String plugin : called) {
            boolean again = plugins.containsKey(plugin);
            plugins.setProperty(plugin, called.size() == 1 || again ? KEPT_OUT : SUSPECT);
        }
        LOG.log(Level.ERROR, "the heap was full before the restart; called then: {0}; kept out: {1}", called, plugins);
        save();
    }

    private void save() {
        if (file == null) {
            return;
        }
        try (var out = Files.newBufferedWriter(file)) {
            plugins.store(out, "Plugins that were at work when the heap was full");
        } catch (IOException e) {
            LOG.log(Level.WARNING, "quarantine not written file=" + file, e);
        }
    }
}
