package dev.binnacle.local.ca;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the certificates of all sidecars fresh: each is replaced at half its life.
 *
 * <p>Thread-safe. {@link #tick} is called every few seconds; it does little when nothing is due.
 */
public final class CertificateRotation {
    private static final System.Logger LOG = System.getLogger(CertificateRotation.class.getName());

    private final CertificateAuthority authority;
    private final Duration life;
    private final InstantSource clock;
    private final Map<Path, Held> held = new ConcurrentHashMap<>();

    /** Certificates will hold for {@code life}. */
    public CertificateRotation(CertificateAuthority authority, Duration life, InstantSource clock) {
        this.authority = authority;
        this.life = life;
        this.clock = clock;
    }

    private record Held(WorkloadIdentity identity, Instant due) {}

    /** Writes a first certificate into {@code podFolder} and keeps it fresh from now on. */
    public void enrol(Path podFolder, WorkloadIdentity identity) throws IOException {
        renew(podFolder, identity);
    }

    /** Forgets {@code podFolder}; its files stay. */
    public void withdraw(Path podFolder) {
        held.remove(podFolder);
    }

    /** Replaces what is due. A failure is logged and tried again at the next tick. */
    public void tick() {
        Instant now = clock.instant();
        held.forEach((folder, each) -> {
            if (!now.isBefore(each.due())) {
                renewOrLog(folder, each.identity());
            }
        });
    }

    /** Replaces everything now and returns how many certificates that were. */
    public int rotateAll() {
        held.forEach((folder, each) -> renewOrLog(folder, each.identity()));
        return held.size();
    }

    private void renewOrLog(Path folder, WorkloadIdentity identity) {
        try {
            renew(folder, identity);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "certificate not renewed workload=" + identity.workload() + " folder=" + folder, e);
        }
    }

    private void renew(Path folder, WorkloadIdentity identity) throws IOException {
        Credential credential = authority.issue(identity, life);
        new SecretFiles(folder).write(credential, authority.rootPem());
        held.put(folder, new Held(identity, credential.halfTime()));
    }
}
