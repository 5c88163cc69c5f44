package dev.binnacle.plugin.generators.istio;

import dev.binnacle.plugin.generators.istio.Wanted.Source;
import dev.binnacle.prometheus.config.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads documents. What is wrong is a problem of the section, with its line and what to write. */
final class WantedReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final MeshFacts mesh;
    private final HostReader hosts;
    private final Map<String, String> claimed = new HashMap<>();

    WantedReader(MeshFacts mesh) {
        this.mesh = mesh;
        this.hosts = new HostReader(mesh);
    }

    /** Returns what a document wants; with problems of the section it means nothing. */
    Optional<Wanted> read(Section document, String file) {
        document.ignore("apiVersion");
        String kind = document.text("kind", "");
        var source = source(document, kind, file);
        var spec = document.section("spec");
        if (!document.has("spec")) {
            document.problem("kind", "there is no spec, so nothing is wanted. Write one");
        }
        Optional<Wanted> wanted = switch (kind) {
            case "Canary" -> Optional.of(new CanaryReader(mesh).read(source, spec));
            case "EgressHost" -> Optional.of(hosts.egress(source, spec));
            case "IngressHost" -> Optional.of(hosts.ingress(source, spec));
            case "MetricsBudget" -> Optional.of(BudgetReader.read(source, spec));
            default -> Optional.empty();
        };
        if (wanted.isEmpty()) {
            document.problem(
                    "kind",
                    "'" + kind
                            + "' is nothing that can be wanted. Write Canary, EgressHost, IngressHost or MetricsBudget");
            return wanted;
        }
        spec.end();
        document.end();
        wanted.ifPresent(each -> claim(each, spec));
        return wanted;
    }

    private Source source(Section document, String kind, String file) {
        var metadata = document.section("metadata");
        String name = name(metadata, "name", "");
        String namespace = name(metadata, "namespace", "default");
        metadata.ignore("labels", "annotations");
        metadata.end();
        return new Source(file + ":" + document.line("apiVersion"), kind, namespace, name);
    }

    private static String name(Section metadata, String key, String fallback) {
        String name = metadata.text(key, fallback);
        if (!NAME.matcher(name).matches()) {
            metadata.problem(key, "'" + name + "' is no name. Write at most 63 of a-z, 0-9 and -, such as catalog");
            return "unnamed";
        }
        return name;
    }

    /** Two documents that decide about one thing would undo each other. */
    private void claim(Wanted wanted, Section spec) {
        var source = wanted.source();
        String where = source.namespace() + "/";
        switch (wanted) {
            case Wanted.Canary canary -> claim(spec, "service", "versions of " + where + canary.service(), source);
            case Wanted.EgressHost egress -> claim(spec, "host", "calls of " + egress.host(), source);
            case Wanted.IngressHost ingress ->
                claim(spec, "host", "calls from outside of " + ingress.host() + " at " + ingress.gateway(), source);
            case Wanted.MetricsBudget budget -> claim(spec, "series", "metrics of " + source.namespace(), source);
        }
        claim(spec, "", source.kind() + " " + where + source.name(), source);
    }

    private void claim(Section spec, String key, String what, Source source) {
        String other = claimed.putIfAbsent(what, source.place());
        if (other != null) {
            spec.problem(
                    key, other + " already decides about " + what + ". Remove one of them, or write both into one");
        }
    }
}
