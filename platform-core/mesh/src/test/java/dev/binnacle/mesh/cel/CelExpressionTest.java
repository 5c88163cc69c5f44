package dev.binnacle.mesh.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted here was accepted by Envoy 1.40, and what Envoy refused is refused. */
class CelExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.headers['x-tenant']",
                "request.host",
                "request.headers['x'] == 'gold' ? 'gold' : 'other'",
                "'a' + request.host",
                "request.path.startsWith('/api')",
                "has(request.headers.x)",
                "'x' in request.headers",
                "request.headers['x'] in ['a','b'] ? request.headers['x'] : 'other'",
                "request.path.matches('^/a.*')",
                "size(request.path)",
                "int(response.code) / 100",
                "request.time.getFullYear()",
                "timestamp('2020-01-01T00:00:00Z')",
                "\"double quote\"",
                "'it\\'s'",
                "r'raw\\d'",
                "''",
                "{'a': 1}['a']",
                "response.code == 200 || response.code == 201",
                "!request.path.endsWith('x')",
                "-response.code",
                "1.5",
                "xds.cluster_name"
            })
    void whatEnvoyTakesIsAccepted(String written) {
        assertThat(CelExpression.read(written).problem()).isEmpty();
        assertThat(CelExpression.read(written).expression())
                .hasValueSatisfying(cel -> assertThat(cel.text()).isEqualTo(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "request.headers.exists(h, h == 'x')",
                "nosuch(request.path)",
                "request.headers['x'",
                "request.host.lowerAscii()",
                "request.path.split('/')[1]",
                "'a' + string(response.code)",
                "nosuch.thing",
                "a b",
                "request..path",
                "request.path)",
                "'a\n'",
                "\u0000",
                "request.path # comment",
                "1 % 2",
                "in",
                "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!true"
            })
    void whatEnvoyRefusesIsRefused(String written) {
        assertThat(CelExpression.read(written).expression()).isEmpty();
        assertThat(CelExpression.read(written).problem()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string(destination.port) | (destination.port)",
                "true ? string(response.code) : string('a') | true ? (response.code) : ('a')",
                "string(string(response.code)) | ((response.code))"
            })
    void whatMakesATextOfTheWholeValueIsLeftOut(String written, String told) {
        assertThat(CelExpression.read(written).expression())
                .hasValueSatisfying(cel -> assertThat(cel.text()).isEqualTo(told));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "request.path | request.path",
                "'a' + request.headers['x'] | request.headers['x']",
                "request.method == 'GET' ? request.id : 'x' | request.id",
                "response.headers.etag | response.headers.etag",
                "source.address | source.address"
            })
    void saysWhatHasManyValues(String written, String what) {
        assertThat(CelExpression.read(written).expression().orElseThrow().unbounded())
                .contains(what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.method",
                "request.path.startsWith('/api')",
                "request.headers['x'] == 'gold' ? 'gold' : 'other'",
                "response.code / 100",
                "upstream.locality",
                "request.headers['x'] != 'a'",
                "request.time.getHours()"
            })
    void whatHasFewValuesIsNoted(String written) {
        assertThat(CelExpression.read(written).expression().orElseThrow().unbounded())
                .isEmpty();
    }

    @Test
    void whatIsMadeOfTextsHasSoManyValues() {
        assertThat(CelExpression.choices(
                        "request.method == 'GET' ? 'read' : request.method == 'PUT' ? 'write' : 'read'"))
                .contains(Set.of("'read'", "'write'"));
        assertThat(CelExpression.choices("'x-plan' in request.headers")).contains(Set.of("true", "false"));
        assertThat(CelExpression.choices("'always'")).contains(Set.of("'always'"));
        assertThat(CelExpression.choices("request.path")).isEmpty();
        assertThat(CelExpression.choices("true ? request.path : 'x'")).isEmpty();
        assertThat(CelExpression.choices("'open")).isEmpty();
    }
}
