package dev.binnacle.insight.health;

import dev.binnacle.insight.health.Evidence.Telemetry;
import dev.binnacle.insight.health.Health.Status;
import java.time.Duration;
import java.util.Locale;

/**
 * Judges by stated thresholds. Numbers that are missing make {@link Status#UNKNOWN}, never a good verdict (facts F4 and F12: zero
 * traffic is no verdict).
 */
public final class HealthRule {
    private final Thresholds thresholds;

    public HealthRule(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** Returns what it judges by. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** Returns the verdict with its reason. */
    public Health judge(Evidence evidence) {
        if (evidence.readyPods().isPresent() && evidence.readyPods().getAsInt() == 0) {
            return new Health(Status.FAILING, "none of its pods is ready");
        }
        if (evidence.requests() > 0) {
            return byRequests(evidence);
        }
        return switch (evidence.telemetry()) {
            case DOWN -> Health.unknown("its proxies cannot be scraped, and nobody else saw a request for it");
            case NONE -> Health.unknown("Prometheus has no target of it, and nobody else saw a request for it");
            case COMPLETE, PARTIAL, NOT_ASKED -> silent(evidence);
        };
    }

    private Health byRequests(Evidence evidence) {
        double share = evidence.failed() / evidence.requests();
        double count = evidence.requests() * evidence.window().toMillis() / 1e3;
        String failures = failures(share, count, evidence.window());
        String telemetry = telemetry(evidence.telemetry());
        if (share < thresholds.degraded()) {
            return new Health(Status.OK, failures + telemetry);
        }
        if (share < thresholds.failing()) {
            return new Health(Status.DEGRADED, failures + limits() + telemetry);
        }
        return count < thresholds.enough()
                ? new Health(Status.DEGRADED, failures + ", too few to call it failing" + telemetry)
                : new Health(Status.FAILING, failures + limits() + telemetry);
    }

    private static Health silent(Evidence evidence) {
        String window = text(evidence.window());
        if (evidence.connections() > 0) {
            return new Health(Status.OK, "connections were opened to it in the last " + window);
        }
        return evidence.sent() > 0
                ? new Health(Status.OK, "it sent requests in the last " + window + " and got none")
                : new Health(Status.IDLE, "no request in the last " + window + telemetry(evidence.telemetry()));
    }

    private static String failures(double share, double count, Duration window) {
        String of = "of about " + Math.max(1, Math.round(count)) + " requests in the last " + text(window);
        return share == 0 ? "none " + of + " failed" : Percent.of(share) + " " + of + " failed";
    }

    private String limits() {
        return " (degraded from " + Percent.of(thresholds.degraded()) + ", failing from "
                + Percent.of(thresholds.failing()) + ")";
    }

    private static String telemetry(Telemetry telemetry) {
        return switch (telemetry) {
            case COMPLETE, NOT_ASKED -> "";
            case PARTIAL -> "; some of its proxies cannot be scraped";
            case DOWN -> "; its own proxies cannot be scraped, others saw this";
            case NONE -> "; Prometheus has no target of it, others saw this";
        };
    }

    private static String text(Duration window) {
        return window.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
