package dev.binnacle.plugin.generators.alerts;

import static dev.binnacle.plugin.generators.alerts.Alerts.critical;
import static dev.binnacle.plugin.generators.alerts.Alerts.warning;

import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.List;

/**
 * Alerts about certificates, from what {@code collector-envoy} reads in each Envoy: what it uses counts, not what lies in a
 * Secret.
 */
final class CertificateAlerts {
    private static final String EXPIRY = "binnacle_envoy_certificate_expiry_timestamp_seconds";
    private static final String WHOSE = "{{ $labels.namespace }}/{{ $labels.pod }}";

    /** A pod's certificate is replaced when half of its time is over, which is twelve hours in Istio and here. */
    private static final Duration NOT_ROTATED = Duration.ofMinutes(10);

    private CertificateAlerts() {}

    /** Returns the alerts; a credential is warned about {@code ahead} of its end. */
    static RuleGroup group(Duration ahead) {
        return new RuleGroup(
                "mesh-certificates",
                "What clients refuse, or will refuse soon.",
                List.of(
                        warning(
                                "CertificateExpiresSoon",
                                Duration.ZERO,
                                soon("credential", ahead),
                                "A certificate of " + WHOSE + " expires in {{ humanizeDuration $value }}",
                                "Replace the Secret that the Gateway or DestinationRule names. It is taken up at once."),
                        warning(
                                "WorkloadCertificateNotRotated",
                                Duration.ZERO,
                                soon("workload", NOT_ROTATED),
                                "The certificate of " + WHOSE + " itself expires in {{ humanizeDuration $value }}",
                                "Certificates of pods are replaced long before: look at the log of what issues them."),
                        critical(
                                "CertificateExpired",
                                Duration.ZERO,
                                EXPIRY + " - time() <= 0",
                                "A certificate ({{ $labels.kind }}) of " + WHOSE + " has expired",
                                "Whoever it is shown to refuses the connection. Replace it.")));
    }

    private static String soon(String kind, Duration ahead) {
        String left = EXPIRY + "{kind=\"" + kind + "\"} - time()";
        return left + " < " + ahead.toSeconds() + "\n  and " + left + " > 0";
    }
}
