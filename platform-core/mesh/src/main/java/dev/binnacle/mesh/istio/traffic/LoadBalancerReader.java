package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.Balancing.LeastRequest;
import dev.binnacle.mesh.ir.Balancing.Maglev;
import dev.binnacle.mesh.ir.Balancing.RingHash;
import dev.binnacle.mesh.ir.Balancing.RoundRobin;
import dev.binnacle.mesh.ir.Balancing.Warmup;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.schema.Section;
import java.util.HashSet;
import java.util.Optional;

/** Reads how an endpoint is chosen. */
final class LoadBalancerReader {
    private final Problems problems;
    private final ByLocalityReader localities;

    LoadBalancerReader(Problems problems) {
        this.problems = problems;
        this.localities = new ByLocalityReader(problems);
    }

    LoadBalancer read(Section settings) {
        var hash = settings.section("consistentHash");
        return new LoadBalancer(
                hash.map(this::consistent).orElseGet(() -> simple(settings)),
                hash.flatMap(this::hashing),
                settings.section("localityLbSetting").map(localities::read));
    }

    private static Balancing simple(Section settings) {
        return switch (settings.text("simple").orElse("UNSPECIFIED")) {
            case "ROUND_ROBIN" -> new RoundRobin(warmup(settings));
            case "RANDOM" -> new Balancing.Random();
            case "PASSTHROUGH" -> new Balancing.PassThrough();
            default -> new LeastRequest(warmup(settings));
        };
    }

    private static Optional<Warmup> warmup(Section settings) {
        return settings.section("warmup")
                .flatMap(warmup -> warmup.duration("duration")
                        .map(window -> new Warmup(
                                window,
                                warmup.decimal("aggression").orElse(Warmup.LINEAR),
                                warmup.decimal("minimumPercent").orElse(Warmup.MINIMUM_PERCENT))))
                .or(() -> settings.duration("warmupDurationSecs")
                        .map(window -> new Warmup(window, Warmup.LINEAR, Warmup.MINIMUM_PERCENT)));
    }

    private Balancing consistent(Section hash) {
        var maglev = hash.section("maglev");
        if (maglev.isPresent()) {
            int size = maglev.get().number("tableSize").orElse(1);
            checkPrime(size, maglev.get());
            return new Maglev(size);
        }
        var ring = hash.section("ringHash").orElse(hash);
        return new RingHash(PolicyReader.positive(ring, "minimumRingSize"));
    }

    private void checkPrime(int size, Section maglev) {
        // Istio lets 1 pass, and Envoy divides by zero.
        boolean divisible = size == 1 || size > 3 && size % 2 == 0;
        for (int factor = 3; factor <= Math.sqrt(size) && !divisible; factor += 2) {
            divisible = size % factor == 0;
        }
        if (divisible) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    maglev.placeOf("tableSize"),
                    size + " is not a prime number",
                    "Use one, 65537 for example");
        }
    }

    private Optional<Hashing> hashing(Section hash) {
        if (hash.flag("useSourceIp").orElse(false)) {
            return Optional.of(new Hashing.SourceIp());
        }
        return hash.text("httpHeaderName")
                .<Hashing>map(Hashing.Header::new)
                .or(() -> hash.section("httpCookie").map(this::cookie))
                .or(() -> hash.text("httpQueryParameterName").map(Hashing.QueryParameter::new));
    }

    private Hashing cookie(Section cookie) {
        var names = new HashSet<String>();
        for (var attribute : cookie.sections("attributes")) {
            attribute
                    .placed("name")
                    .filter(name -> !names.add(name.text()))
                    .ifPresent(name -> problems.add(
                            DiagnosticCode.BAD_VALUE,
                            name.place(),
                            "the attribute " + name.text() + " is already there",
                            "Write each attribute once"));
        }
        return new Hashing.Cookie(
                cookie.text("name").orElse(""),
                cookie.text("path").orElse(""),
                cookie.duration("ttl"),
                cookie.sections("attributes").stream()
                        .map(a -> new Hashing.Attribute(
                                a.text("name").orElse(""), a.text("value").orElse("")))
                        .toList());
    }
}
