package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.istio.Treatment.Copy;
import dev.binnacle.mesh.istio.Treatment.Mirroring;
import dev.binnacle.mesh.schema.Section;

/** Reads what rules do beside choosing destinations. */
final class TreatmentReader {
    private final HeaderChangesReader headers;
    private final RewriteReader rewrites;
    private final RetriesReader retries;
    private final FaultReader faults;
    private final CorsReader cors;
    private final AnswerReader answers;
    private final DestinationReader destinations;
    private final Problems problems;

    TreatmentReader(Problems problems) {
        this.headers = new HeaderChangesReader(problems);
        this.rewrites = new RewriteReader(problems);
        this.retries = new RetriesReader(problems);
        this.faults = new FaultReader(problems);
        this.cors = new CorsReader(problems);
        this.answers = new AnswerReader(problems);
        this.destinations = new DestinationReader(problems);
        this.problems = problems;
    }

    Treatment read(Section rule) {
        var changes = headers.read(rule);
        return new Treatment(
                answers.direct(rule),
                rewrites.read(rule, changes.flatMap(Treatment.Headers::authority)),
                rule.duration("timeout"),
                retries.read(rule, "retries"),
                faults.read(rule),
                mirroring(rule),
                cors.read(rule),
                changes);
    }

    private Mirroring mirroring(Section rule) {
        var others = rule.sections("mirrors").stream()
                .map(mirror -> new Copy(
                        destinations.one(mirror.section("destination").orElseThrow()),
                        ShareReader.percentage(mirror, "percentage").orElse(Share.ALL)))
                .toList();
        if (rule.has("mirror") && !others.isEmpty()) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    rule.placeOf("mirrors"),
                    "there is a mirror beside the list of mirrors",
                    "Put it into the list");
        }
        return new Mirroring(
                rule.section("mirror").map(destinations::one),
                ShareReader.percent(rule, "mirrorPercent"),
                ShareReader.percentage(rule, "mirrorPercentage"),
                others);
    }
}
