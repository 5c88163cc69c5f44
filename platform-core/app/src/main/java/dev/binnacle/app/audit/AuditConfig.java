package dev.binnacle.app.audit;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where it is written down who changed what. */
@ConfigMapping(prefix = "binnacle.audit")
public interface AuditConfig {
    /** The change log. Without it {@code .binnacle/audit.log} on one machine, and the application's own log in a cluster. */
    Optional<Path> file();
}
