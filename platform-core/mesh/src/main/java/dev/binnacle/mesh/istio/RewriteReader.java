package dev.binnacle.mesh.istio;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteAction.RegexRewrite;
import dev.binnacle.mesh.ir.RouteAction.Rewrite;
import dev.binnacle.mesh.schema.Section;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads rewrites of path and host. */
final class RewriteReader {
    private static final Pattern REFERENCE = Pattern.compile("\\\\([0-9])");

    private final Problems problems;

    RewriteReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Returns the rewrites of a rule; empty when it has none.
     *
     * @param headerHost the host that the rule's header changes set
     */
    Optional<Rewrite> read(Section rule, Optional<String> headerHost) {
        return rule.section("rewrite").map(rewrite -> {
            check(rewrite, headerHost);
            return new Rewrite(
                    rewrite.text("uri"),
                    rewrite.section("uriRegexRewrite").map(this::regex),
                    rewrite.text("authority"));
        });
    }

    private void check(Section rewrite, Optional<String> headerHost) {
        if (Stream.of("uri", "uriRegexRewrite", "authority").noneMatch(rewrite::has)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    rewrite.place(),
                    "the rewrite changes nothing",
                    "Add uri, uriRegexRewrite or authority, or remove it");
        }
        if (rewrite.has("authority") && headerHost.isPresent()) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    rewrite.placeOf("authority"),
                    "the host is also set by the rule's headers, to " + headerHost.get(),
                    "Set it in one place only");
        }
    }

    private RegexRewrite regex(Section section) {
        String match = section.text("match").orElseThrow();
        String rewrite = section.text("rewrite").orElseThrow();
        int groups = Pattern.compile(match).groupCount();
        var references = REFERENCE.matcher(rewrite);
        while (references.find()) {
            if (Integer.parseInt(references.group(1)) > groups) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        section.placeOf("rewrite"),
                        "\"" + rewrite + "\" refers to group " + references.group(1) + ", \"" + match + "\" has "
                                + groups,
                        "Refer to groups that exist, \\1 is the first");
            }
        }
        return new RegexRewrite(match, rewrite);
    }
}
