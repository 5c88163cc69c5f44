package dev.binnacle.mesh.istio;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteAction.Retries;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads retry policies. */
final class RetriesReader {
    static final Shape SHAPE = Shape.named("HTTPRetry")
            .with("attempts", new FieldType.Whole(0, 1000))
            .with("perTryTimeout", FieldType.DURATION)
            .with("retryOn", FieldType.LINE)
            .with("backoff", FieldType.DURATION)
            .with("retryRemoteLocalities", FieldType.FLAG)
            .with("retryIgnorePreviousHosts", FieldType.FLAG);

    private static final List<String> KNOWN = List.of(
            "5xx",
            "cancelled",
            "connect-failure",
            "deadline-exceeded",
            "envoy-ratelimited",
            "gateway-error",
            "http3-post-connect-failure",
            "internal",
            "refused-stream",
            "reset",
            "reset-before-request",
            "resource-exhausted",
            "retriable-4xx",
            "retriable-headers",
            "retriable-status-codes",
            "unavailable");

    /** The status codes that have a name; Istio refuses others. */
    private static final Pattern STATUS =
            Pattern.compile("10[0-3]|20[0-8]|226|30[0-578]|40[0-9]|41[0-8]|42[1-689]|431|451|50[0-8]|51[01]");

    private final Problems problems;

    RetriesReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the policy that a field says; none when it is not there. */
    Optional<Retries> read(Section owner, String field) {
        return owner.section(field).map(this::policy);
    }

    private Retries policy(Section retries) {
        int attempts = retries.number("attempts").orElse(0);
        if (attempts == 0) {
            refuseSettings(retries);
        }
        var words = retries.text("retryOn").filter(on -> !on.isEmpty()).stream()
                .flatMap(on -> Stream.of(on.split(",", -1)))
                .toList();
        words.stream()
                .filter(word -> !isStatus(word) && !KNOWN.contains(word))
                .forEach(word -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        retries.placeOf("retryOn"),
                        "\"" + word + "\" is no condition for another try",
                        "Use a status code or one of " + String.join(", ", KNOWN)));
        return new Retries(
                attempts,
                words.isEmpty() ? Retries.DEFAULT.conditions() : conditions(words),
                words.stream()
                        .filter(RetriesReader::isStatus)
                        .map(Integer::valueOf)
                        .toList(),
                retries.duration("perTryTimeout"),
                retries.duration("backoff"),
                retries.flag("retryIgnorePreviousHosts"),
                retries.flag("retryRemoteLocalities").orElse(false));
    }

    /** In Istio's API no attempts means none, and it refuses settings for what is switched off. */
    private void refuseSettings(Section retries) {
        if (Stream.of("retryOn", "perTryTimeout", "retryRemoteLocalities").anyMatch(retries::has)) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    retries.place(),
                    "attempts is " + retries.text("attempts").orElse("missing")
                            + ", which switches retries off, and yet they are configured",
                    "Set attempts to 1 or more, or remove the other settings");
        }
    }

    /** A status code among the conditions stands for the condition {@code retriable-status-codes}, as in Istio. */
    private static List<String> conditions(List<String> words) {
        var named = words.stream().filter(w -> !isStatus(w));
        boolean codes = words.stream().anyMatch(RetriesReader::isStatus);
        return Stream.concat(named, codes ? Stream.of("retriable-status-codes") : Stream.empty())
                .distinct()
                .toList();
    }

    private static boolean isStatus(String word) {
        return STATUS.matches(word);
    }
}
