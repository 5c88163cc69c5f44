package dev.binnacle.mesh.compile.credential;

import dev.binnacle.mesh.credential.Certificates;
import dev.binnacle.mesh.credential.UnusableException;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.kubernetes.Secret;
import dev.binnacle.mesh.kubernetes.Secret.Value;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Whether the time of certificates is now. Proxies are told them all the same: whoever they are shown to decides. */
public final class CertificateDates {
    /** The alert about what proxies use begins as early. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final List<String> KEYS = List.of("cert", "tls.crt", "cacert", "ca.crt");

    private final Instant now;

    public CertificateDates(Instant now) {
        this.now = now;
    }

    /** Reports certificates of Secrets; what is not readable is another problem. */
    public void check(List<Secret> secrets, Problems problems) {
        for (var secret : secrets) {
            KEYS.stream().flatMap(key -> secret.get(key).stream()).forEach(value -> check(value, problems));
        }
    }

    private void check(Value value, Problems problems) {
        try {
            for (var certificate : Certificates.read(value.bytes())) {
                check(certificate, value, problems);
            }
        } catch (UnusableException e) {
            // Who asks for it is told why.
        }
    }

    private void check(X509Certificate certificate, Value value, Problems problems) {
        var begin = certificate.getNotBefore().toInstant();
        var end = certificate.getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            report("begins at " + begin + " only, so until then it is refused", value, problems);
        } else if (!now.isBefore(end)) {
            report("ended at " + end + ", so it is refused", value, problems);
        } else if (end.isBefore(now.plus(SOON))) {
            report("ends at " + end + ", in " + left(end), value, problems);
        }
    }

    private String left(Instant end) {
        long days = now.until(end, ChronoUnit.DAYS);
        return days == 0 ? "less than a day" : days == 1 ? "a day" : days + " days";
    }

    private static void report(String what, Value value, Problems problems) {
        problems.add(
                DiagnosticCode.CERTIFICATE_DATES,
                value.place(),
                "the time of a certificate " + what,
                "Replace it: proxies take up another one at once");
    }
}
