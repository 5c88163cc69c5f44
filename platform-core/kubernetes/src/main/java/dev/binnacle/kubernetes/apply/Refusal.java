package dev.binnacle.kubernetes.apply;

import dev.binnacle.kubernetes.access.Failures;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says in one sentence why the API server did not do what was asked, and what to do about it. */
final class Refusal {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private Refusal() {}

    /**
     * Returns what to tell.
     *
     * @param what was not done with which object
     * @param verb as roles have it
     */
    static String of(String what, String verb, GeneratedObject object, KubernetesClientException e) {
        return what + ": "
                + switch (e.getCode()) {
                    case CONFLICT -> conflict(e);
                    case FORBIDDEN ->
                        Failures.words(e) + ". Grant " + verb + " of "
                                + object.kind().resource() + " by a Role in the platform's namespace";
                    case NOT_FOUND ->
                        "the cluster has no " + object.kind().resource()
                                + ". Install what defines them, prometheus-operator for example";
                    default -> Failures.words(e);
                };
    }

    /** Tells whether the API server does not know the kind at all. */
    static boolean isOfKind(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND || e.getCode() == FORBIDDEN;
    }

    private static String conflict(KubernetesClientException e) {
        var details = e.getStatus() == null ? null : e.getStatus().getDetails();
        var causes = details == null
                ? List.<String>of()
                : details.getCauses().stream()
                        .map(cause -> Objects.requireNonNullElse(cause.getField(), "") + " ("
                                + Objects.requireNonNullElse(cause.getMessage(), "") + ")")
                        .toList();
        return causes.isEmpty()
                ? Failures.words(e)
                : "somebody else has changed what the platform writes, which stays as it is: "
                        + causes.stream().collect(Collectors.joining(", "))
                        + ". Delete the object to have it made anew, or let the one who changed it give these fields up";
    }
}
