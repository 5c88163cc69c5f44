package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.topology.Externals;
import dev.binnacle.mesh.topology.Externals.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalHostsTest {
    @TempDir
    Path clone;

    @Test
    void nothingSaidMeansLoopbackOnly() throws IOException {
        assertThat(externals("")).isEqualTo(Externals.NONE);
    }

    @Test
    void standInsAreFoundByHostPortAndWildcard() throws IOException {
        var externals = externals("external.hosts=www.example.com=127.0.0.1:9000, *.example.org:443=127.0.0.1:9443\n");

        assertThat(externals.standIn("www.example.com", 80)).contains(new At("127.0.0.1", 9000));
        assertThat(externals.standIn("a.example.org", 443)).contains(new At("127.0.0.1", 9443));
        assertThat(externals.standIn("a.example.org", 80)).isEmpty();
        assertThat(externals.internet()).isFalse();
    }

    @Test
    void aStandInElsewhereNeedsPermission() throws IOException {
        assertThatThrownBy(() -> externals("external.hosts=www.example.com=10.0.0.1\n"))
                .hasMessageContaining("10.0.0.1, which stands in for www.example.com, is not on this machine");
        assertThat(externals("external.hosts=www.example.com=10.0.0.1\nexternal.internet=true\n")
                        .standIn("www.example.com", 80))
                .contains(new At("10.0.0.1", 80));
    }

    @Test
    void anEntryWithoutAddressIsRefused() {
        assertThatThrownBy(() -> externals("external.hosts=www.example.com\n"))
                .hasMessageContaining("names no stand-in");
        assertThatThrownBy(() -> externals("external.hosts=www.example.com=127.0.0.1:http\n"))
                .hasMessageContaining("names no stand-in");
    }

    private Externals externals(String config) throws IOException {
        var layout = Layout.of(clone, Map.of("HOME", clone.toString()));
        Files.createDirectories(layout.runtime());
        Files.writeString(layout.runtime().resolve("config"), config);
        return ExternalHosts.of(Settings.read(layout));
    }
}
