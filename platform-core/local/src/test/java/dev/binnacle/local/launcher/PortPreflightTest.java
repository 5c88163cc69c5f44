package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.instance.ListeningSockets;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPreflightTest {
    @Test
    void aProgramOnEveryAddressIsNamedWithThePortAndWhoNeedsIt() throws IOException {
        try (var other = new ServerSocket(0)) {
            assertThatThrownBy(() -> PortPreflight.check(wanting(other.getLocalPort()), ListeningSockets.now()))
                    .hasMessageContaining("port " + other.getLocalPort() + ", which Service shop needs")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void aProgramOnOneAddressIsInNobodysWay() throws IOException {
        try (var other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.1", 0));

            assertThatCode(() -> PortPreflight.check(wanting(other.getLocalPort()), ListeningSockets.now()))
                    .doesNotThrowAnyException();
        }
    }

    private static WantedMesh wanting(int port) {
        String yaml = """
                apiVersion: v1
                kind: Service
                metadata: {name: shop}
                spec: {selector: {app: shop}, ports: [{name: http, port: %d}]}
                """.formatted(port);
        return new WantedMesh(
                Translation.read(List.of(new ManifestFile("shop.yaml", yaml))).value(), Set.of());
    }
}
