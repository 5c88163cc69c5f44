package dev.binnacle.plugin.generators.slo;

/** Who is told: somebody now, or the team on its next working day. */
enum Severity {
    CRITICAL("SloBurnsFast"),
    WARNING("SloBurnsSlowly");

    private final String alert;

    Severity(String alert) {
        this.alert = alert;
    }

    String alert() {
        return alert;
    }
}
