package dev.binnacle.mesh.golden;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case translates to what its files say. */
class GoldenTest {
    @ParameterizedTest
    @MethodSource("cases")
    void translatesAsRecorded(GoldenCase golden) throws IOException {
        Golden.assertMatches(golden.folder(), golden.produce());
    }

    static Stream<GoldenCase> cases() throws IOException {
        return GoldenCase.all();
    }
}
