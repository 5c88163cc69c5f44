package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsFileTest {
    @Test
    void theMachinesOwnNamesAreThereBecauseTheFileReplacesDns() {
        assertThat(HostsFile.text(Map.of("catalog", "127.17.8.1"), "laptop"))
                .isEqualTo("127.17.8.1 catalog\n127.0.0.1 laptop\n127.0.0.1 localhost\n");
    }

    @Test
    void aServiceThatIsCalledAsTheMachineIsTheService() {
        assertThat(HostsFile.text(Map.of("laptop", "127.17.8.1"), "laptop"))
                .isEqualTo("127.17.8.1 laptop\n127.0.0.1 localhost\n");
    }

    @Test
    void nobodyElseIsThisMachine() {
        assertThat(HostsFile.text(Map.of("localhost", "127.17.8.9"), "")).isEqualTo("127.0.0.1 localhost\n");
    }
}
