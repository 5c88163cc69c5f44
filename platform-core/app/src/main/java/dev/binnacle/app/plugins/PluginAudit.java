package dev.binnacle.app.plugins;

import dev.binnacle.app.audit.AuditEntry;
import dev.binnacle.app.audit.AuditTrail;
import dev.binnacle.app.security.Caller;
import jakarta.inject.Singleton;

/** Writes down what people do to plugins. */
@Singleton
class PluginAudit {
    private final AuditTrail trail;
    private final Caller caller;

    PluginAudit(AuditTrail trail, Caller caller) {
        this.trail = trail;
        this.caller = caller;
    }

    void done(String words) {
        trail.noted(caller.name(), "plugin", words, AuditEntry.DONE);
    }

    void refused(String words) {
        trail.noted(caller.name(), "plugin", words, AuditEntry.REFUSED);
    }
}
