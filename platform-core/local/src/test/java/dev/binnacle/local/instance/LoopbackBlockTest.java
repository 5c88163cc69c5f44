package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackBlockTest {
    @TempDir
    private Path home;

    @Test
    void twoInstancesGetDifferentBlocksAndEachGetsItsOwnAgain() throws IOException {
        String first;
        String second;
        try (var one = LoopbackBlock.take(clone("one"));
                var two = LoopbackBlock.take(clone("two"))) {
            first = one.base();
            second = two.base();
            assertThat(first).isNotEqualTo(second);
        }

        try (var two = LoopbackBlock.take(clone("two"));
                var one = LoopbackBlock.take(clone("one"))) {
            assertThat(one.base()).isEqualTo(first);
            assertThat(two.base()).isEqualTo(second);
        }
    }

    @Test
    void aBlockInWhichSomethingStillListensIsNotFree() throws IOException {
        String base;
        String orphansAddress;
        try (var block = LoopbackBlock.take(clone("killed"))) {
            base = block.base();
            orphansAddress = base.replace(".0.0", ".16.1");
        }
        try (var orphan = new ServerSocket()) {
            orphan.bind(new InetSocketAddress(orphansAddress, 0));
            try (var next = LoopbackBlock.take(clone("killed"))) {
                assertThat(next.base()).isNotEqualTo(base);
            }
        }
    }

    private Layout clone(String name) {
        return Layout.of(home.resolve(name), Map.of("HOME", home.toString()));
    }
}
