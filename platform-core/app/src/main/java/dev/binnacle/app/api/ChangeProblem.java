package dev.binnacle.app.api;

import dev.binnacle.app.mesh.ChangeOutcome;
import dev.binnacle.app.mesh.ChangeOutcome.ProxyAnswer;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a change was not made, as a problem document. */
public final class ChangeProblem {
    private ChangeProblem() {}

    /** Returns why in a sentence; nothing for a change that was made. */
    public static String reason(ChangeOutcome outcome) {
        return outcome instanceof ChangeOutcome.Done ? "" : of(outcome).detail();
    }

    /** Returns why; not for a change that was made. */
    public static Problem of(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done done -> throw new IllegalArgumentException("nothing went wrong: " + done);
            case ChangeOutcome.Invalid(var diagnostics) ->
                invalid(
                        "the mesh would have " + count(diagnostics.size(), "error") + "; nothing was changed",
                        diagnostics);
            case ChangeOutcome.Empty(var diagnostics) ->
                invalid("the files hold no resource that takes effect here; nothing was changed", diagnostics);
            case ChangeOutcome.Missing(var absent, var other) -> missing(absent, InManifests.of(other));
            case ChangeOutcome.NotTaken(var proxies, boolean reverted) -> notTaken(proxies, reverted);
            case ChangeOutcome.NoAddress(var hosts) -> noAddress(hosts);
            case ChangeOutcome.Overtaken(var resources) ->
                Problem.of(
                        "overtaken",
                        "Changed since",
                        409,
                        "something else is said by now about " + joined(resources) + "; nothing was changed",
                        Map.of("resources", resources));
            case ChangeOutcome.NotStored(String folder, String reason) -> notStored(folder, reason);
        };
    }

    private static Problem invalid(String detail, List<Diagnostic> diagnostics) {
        return Problem.of("invalid", "Invalid resources", 422, detail, Map.of("diagnostics", diagnostics));
    }

    private static Problem missing(List<ResourceRef> absent, List<InManifests> other) {
        var reasons = new ArrayList<String>();
        if (!absent.isEmpty()) {
            reasons.add("there is no " + joined(absent) + " (/api/v1/mesh/resources lists what there is)");
        }
        if (!other.isEmpty()) {
            reasons.add("not applied, and the manifests say something else of it: " + joined(other)
                    + " (to take that out of the mesh, name that file)");
        }
        return Problem.of(
                "not-found",
                "No such resource",
                404,
                "nothing was deleted: " + String.join("; ", reasons),
                Map.of("resources", absent, "other", other));
    }

    private static Problem notTaken(List<ProxyAnswer> proxies, boolean reverted) {
        String who = proxies.stream()
                .filter(p -> p.state().equals(reverted ? "rejected" : "timeout"))
                .map(p -> p.proxy() + " (" + p.detail().orElse("") + ")")
                .collect(Collectors.joining(", "));
        String detail = reverted
                ? "refused by " + who + "; the mesh is as it was before"
                : "no answer in time from " + who + "; the change is in force and reaches it when it answers again";
        return Problem.of(
                "not-acknowledged",
                "Not acknowledged by every Envoy",
                409,
                detail,
                Map.of("proxies", proxies, "reverted", reverted));
    }

    private static Problem noAddress(List<String> hosts) {
        return Problem.of(
                "no-address",
                "New hosts got no address",
                409,
                "the launcher gave no address to " + String.join(", ", hosts)
                        + " in time; the mesh is as it was before. Check with ./binnacle status that it runs",
                Map.of("hosts", hosts, "proxies", List.of(), "reverted", true));
    }

    private static Problem notStored(String folder, String reason) {
        return Problem.of(
                "not-stored",
                "The change cannot be stored",
                507,
                "writing to " + folder + " failed: " + reason
                        + "; nothing was changed. Make room there, or make the folder writable",
                Map.of());
    }

    private static String joined(List<?> resources) {
        return resources.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
