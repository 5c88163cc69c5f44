package dev.binnacle.local.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRotationTest {
    private static final WorkloadIdentity ORDERS =
            new WorkloadIdentity("default", "orders", "v1", "orders", "spiffe://cluster.local/ns/default/sa/orders");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private CertificateRotation rotation;

    @BeforeEach
    void enrol() throws IOException {
        var authority = CertificateAuthority.open(folder.resolve("ca"), () -> now);
        rotation = new CertificateRotation(authority, Duration.ofHours(24), () -> now);
        rotation.enrol(folder.resolve("pod"), ORDERS);
    }

    @Test
    void aCertificateIsReplacedAtHalfItsLifeAndNotBefore() throws Exception {
        BigInteger first = serial();

        now = now.plus(Duration.ofHours(11));
        rotation.tick();
        assertThat(serial()).isEqualTo(first);

        now = now.plus(Duration.ofHours(2));
        rotation.tick();
        assertThat(serial()).isNotEqualTo(first);
    }

    @Test
    void allAreReplacedOnDemand() throws Exception {
        BigInteger first = serial();

        assertThat(rotation.rotateAll()).isEqualTo(1);

        assertThat(serial()).isNotEqualTo(first);
    }

    @Test
    void whatWasWithdrawnIsLeftAlone() throws Exception {
        BigInteger first = serial();
        rotation.withdraw(folder.resolve("pod"));

        now = now.plus(Duration.ofDays(3));
        rotation.tick();

        assertThat(serial()).isEqualTo(first);
    }

    private BigInteger serial() throws Exception {
        return Pem.certificate(Files.readString(folder.resolve("pod/certs/cert-chain.pem")))
                .getSerialNumber();
    }
}
