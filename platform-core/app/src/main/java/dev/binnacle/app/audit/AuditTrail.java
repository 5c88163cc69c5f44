package dev.binnacle.app.audit;

import dev.binnacle.app.config.Mode;
import dev.binnacle.app.events.Events;
import dev.binnacle.app.mesh.ChangeOutcome;
import dev.binnacle.app.mesh.Touched;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to the mesh and to plugins. For any thread. */
@Singleton
public class AuditTrail {
    private static final Logger LOG = Logger.getLogger("binnacle.audit");
    private static final int LONGEST = 200_000;

    private final Optional<AuditLog> log;
    private final Optional<String> trouble;
    private final Events events;

    AuditTrail(
            AuditConfig config,
            @ConfigProperty(name = "binnacle.mode", defaultValue = "local") Mode mode,
            Events events) {
        this.events = events;
        var file = config.file()
                .or(() -> mode == Mode.LOCAL ? Optional.of(Path.of(".binnacle", "audit.log")) : Optional.empty());
        Optional<AuditLog> opened = Optional.empty();
        Optional<String> why = Optional.empty();
        try {
            opened = file.isPresent()
                    ? Optional.of(AuditLog.open(file.get(), InstantSource.system()))
                    : Optional.empty();
        } catch (IOException e) {
            why = Optional.of("the change log " + file.get() + " cannot be opened: " + e);
            LOG.error(why.get());
        }
        this.log = opened;
        this.trouble = why;
        opened.ifPresent(l -> l.problems().forEach(problem -> LOG.warnf("change log file=%s %s", file.get(), problem)));
    }

    @PreDestroy
    void close() throws IOException {
        if (log.isPresent()) {
            log.get().close();
        }
    }

    /** Returns the log; empty when it is written to the application's own log only. */
    Optional<AuditLog> log() {
        return log;
    }

    /** Returns why nothing can be written down, so that nothing is to be changed; empty when all is well. */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Writes down a change of the mesh.
     *
     * @return its number; 0 when there is no log of its own
     */
    public long changed(
            String who,
            String kind,
            ChangeOutcome outcome,
            List<Touched> touched,
            @Nullable Long undoes,
            String reason) {
        var before = text(touched, Touched::before);
        var after = text(touched, Touched::after);
        return append(new AuditEntry(
                0,
                Instant.EPOCH,
                who,
                kind,
                touched.stream().map(Touched::resource).toList(),
                words(kind, outcome, touched, undoes, reason),
                outcomeOf(outcome),
                before.yaml(),
                after.yaml(),
                undoes,
                before.exact() && after.exact()));
    }

    /** Writes down what became of a plugin, or that somebody may not do something. */
    public void noted(String who, String kind, String words, String outcome) {
        append(new AuditEntry(0, Instant.EPOCH, who, kind, List.of(), words, outcome, null, null, null, true));
    }

    /** Writes down that files of the manifest folders say something else. */
    void manifests(List<Touched> touched) {
        var before = text(touched, Touched::before);
        var after = text(touched, Touched::after);
        append(new AuditEntry(
                0,
                Instant.EPOCH,
                "whoever edits the files",
                "manifests",
                touched.stream().map(Touched::resource).toList(),
                "The manifests say something else about " + named(touched),
                AuditEntry.DONE,
                before.yaml(),
                after.yaml(),
                null,
                before.exact() && after.exact()));
    }

    private long append(AuditEntry entry) {
        LOG.infof("kind=%s outcome=%s who=%s words=%s", entry.kind(), entry.outcome(), entry.who(), entry.words());
        if (log.isEmpty()) {
            return 0;
        }
        try {
            var written = log.get().append(entry);
            events.publish("changes", Map.of("id", written.id()));
            return written.id();
        } catch (IOException e) {
            LOG.errorf(e, "not in the change log kind=%s words=%s", entry.kind(), entry.words());
            return 0;
        }
    }

    private record Text(@Nullable String yaml, boolean exact) {}

    private static Text text(List<Touched> touched, Function<Touched, Optional<Map<String, Object>>> side) {
        var shown = touched.stream()
                .flatMap(one -> side.apply(one).stream().map(resource -> Redaction.of(one.resource(), resource)))
                .toList();
        String yaml = shown.stream().map(Redaction.Shown::yaml).collect(Collectors.joining("---\n"));
        if (yaml.length() > LONGEST) {
            return new Text("# left out: " + yaml.length() + " characters\n", false);
        }
        return new Text(yaml.isEmpty() ? null : yaml, shown.stream().allMatch(Redaction.Shown::exact));
    }

    private static String outcomeOf(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done done -> AuditEntry.DONE;
            case ChangeOutcome.NotTaken notTaken -> notTaken.reverted() ? AuditEntry.REVERTED : AuditEntry.DONE;
            case ChangeOutcome.NoAddress late -> AuditEntry.REVERTED;
            default -> AuditEntry.REFUSED;
        };
    }

    private static String words(
            String kind, ChangeOutcome outcome, List<Touched> touched, @Nullable Long undoes, String reason) {
        String what = switch (kind) {
            case "delete" -> "Deleted, or taken back: ";
            case "undo" -> "Change " + undoes + " undone: ";
            default -> "Applied: ";
        };
        boolean same = touched.stream().allMatch(one -> one.before().equals(one.after()));
        return switch (outcome) {
            case ChangeOutcome.Done done -> what + named(touched) + (same ? ", which changed nothing" : "");
            case ChangeOutcome.NotTaken notTaken when !notTaken.reverted() -> what + named(touched) + "; " + reason;
            default -> "Not " + what.toLowerCase(java.util.Locale.ROOT) + named(touched) + "; " + reason;
        };
    }

    private static String named(List<Touched> touched) {
        return touched.isEmpty()
                ? "nothing"
                : touched.stream()
                                .limit(5)
                                .map(Touched::resource)
                                .map(ResourceRef::toString)
                                .collect(Collectors.joining(", "))
                        + (touched.size() > 5 ? " and " + (touched.size() - 5) + " more" : "");
    }
}
